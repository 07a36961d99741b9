import { toPlacePath } from '../core/types/place-path.js'
import type { RankedPassage } from '../core/types/retrieval.js'

const nearestSections = 3

/** What the reader is told when the books do not hold the answer: that, and where the nearest matter stands. */
export function refuse(passages: readonly RankedPassage[]): string {
  const lead = 'The books do not answer this.'
  const places = [...new Set(passages.map(toPlace))].slice(0, nearestSections)
  return places.length === 0 ? lead : `${lead} The nearest sections are:\n\n${places.map((place) => `- ${place}`).join('\n')}`
}

function toPlace({ book, passage }: RankedPassage): string {
  const lines = `lines ${passage.startLine}–${passage.endLine}`
  return `${toPlacePath(book.title, passage.headingPath)}, ${passage.page === undefined ? lines : `page ${passage.page}`}`
}
