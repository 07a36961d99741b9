import { toPlacePath } from '../core/types/place-path.js'
import type { RankedPassage } from '../core/types/retrieval.js'

const nearestSections = 3

/** The sentence of a refusal. The prompt tells the model to write it, and nothing else, when the passages do not answer. */
export const refusalSentence = 'The books do not answer this.'

/** What the reader is told when the books do not hold the answer: that, and where the nearest matter stands. */
export function refuse(passages: readonly RankedPassage[]): string {
  const lead = refusalSentence
  const places = [...new Set(passages.map(toPlace))].slice(0, nearestSections)
  return places.length === 0 ? lead : `${lead} The nearest sections are:\n\n${places.map((place) => `- ${place}`).join('\n')}`
}

function toPlace({ book, passage }: RankedPassage): string {
  const lines = `lines ${passage.startLine}–${passage.endLine}`
  return `${toPlacePath(book.title, passage.headingPath)}, ${passage.page === undefined ? lines : `page ${passage.page}`}`
}

/** Whether a model's text says no more than the refusal, whatever its marks, markers and capitals. */
export function isRefusal(markdown: string): boolean {
  const words = (text: string) =>
    text
      .replace(/\[[^\]\n]*\]/g, ' ')
      .replace(/[^\p{L}\s]/gu, ' ')
      .trim()
      .toLowerCase()
      .split(/\s+/)
      .join(' ')
  return words(markdown) === words(refusalSentence)
}
