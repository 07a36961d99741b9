import type { Pilotbook } from '../app/pilotbook.js'
import { foldText } from './find-answering-ranks.js'
import type { GoldenQuestion } from './golden-questions.js'

const shown = 5

/**
 * What to tell of questions whose phrase decides and stands in no book: they can only be missed. Empty when all are there, or when every
 * question names its sections; only then are the books not read through.
 */
export async function findUnknownPhrases(
  questions: readonly GoldenQuestion[],
  pilotbook: Pick<Pilotbook, 'books' | 'book' | 'section'>,
): Promise<readonly string[]> {
  const open = new Map(
    questions
      .filter(({ sections, phrase }) => sections.length === 0 && phrase.trim() !== '')
      .map(({ id, phrase }) => [id, { phrase, folded: foldText(phrase) }]),
  )
  for (const { id: bookId } of open.size === 0 ? [] : await pilotbook.books()) {
    for (const { id } of (await pilotbook.book(bookId)).sections) {
      if (open.size === 0) return []
      const text = foldText((await pilotbook.section(bookId, id)).text)
      for (const [question, { folded }] of open) if (text.includes(folded)) open.delete(question)
    }
  }
  if (open.size === 0) return []
  const unknown = [...open].map(([id, { phrase }]) => `${id} ("${phrase.trim()}")`)
  const rest = unknown.length > shown ? ` and ${unknown.length - shown} more` : ''
  return [`Phrases that no book has count as missed: ${unknown.slice(0, shown).join('; ')}${rest}.`]
}
