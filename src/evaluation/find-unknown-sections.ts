import type { Pilotbook } from '../app/pilotbook.js'
import { foldText } from './find-answering-ranks.js'
import type { GoldenQuestion } from './golden-questions.js'

const shown = 5

/**
 * What to tell of questions that name a section no book has: they can only be missed, and a misspelt title looks like a bad search.
 * Empty when all sections are there.
 */
export async function findUnknownSections(
  questions: readonly GoldenQuestion[],
  pilotbook: Pick<Pilotbook, 'books' | 'book'>,
): Promise<readonly string[]> {
  const known = await listSections(pilotbook)
  const unknown = questions.flatMap(({ id, sections }) =>
    sections.filter(({ file, title }) => !known.has(toKey(file, title))).map(({ file, title }) => `${id} (${file}, "${title}")`),
  )
  if (unknown.length === 0) return []
  const rest = unknown.length > shown ? ` and ${unknown.length - shown} more` : ''
  return [`Sections that no book has count as missed: ${unknown.slice(0, shown).join('; ')}${rest}.`]
}

async function listSections(pilotbook: Pick<Pilotbook, 'books' | 'book'>): Promise<ReadonlySet<string>> {
  const known = new Set<string>()
  for (const { id } of await pilotbook.books()) {
    for (const { file, title } of (await pilotbook.book(id)).sections) known.add(toKey(file, title))
  }
  return known
}

function toKey(file: string, title: string): string {
  return `${file}\n${foldText(title)}`
}
