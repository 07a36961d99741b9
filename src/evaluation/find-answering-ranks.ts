import type { GoldenQuestion } from './golden-questions.js'

/** A retrieved passage, as far as it matters whether it answers. */
export interface FoundPassage {
  readonly file: string
  readonly headingPath: readonly string[]
  readonly text: string
}

/**
 * Ranks (1-based, ascending) at which a further answer stands among the passages, best first: a passage of a section that answers and
 * that no better passage belongs to, or, for a question that names no sections, the first passage that holds its phrase.
 */
export function findAnsweringRanks(question: GoldenQuestion, passages: readonly FoundPassage[]): readonly number[] {
  const open = [...question.sections]
  let phraseIsOpen = question.sections.length === 0
  const ranks: number[] = []
  passages.forEach((passage, position) => {
    const section = open.findIndex((one) => isOfSection(passage, one))
    if (section >= 0) open.splice(section, 1)
    const hasPhrase = phraseIsOpen && holdsPhrase(passage, question.phrase)
    if (hasPhrase) phraseIsOpen = false
    if (section >= 0 || hasPhrase) ranks.push(position + 1)
  })
  return ranks
}

/** How many ranks a perfect list would have: the sections that answer, or the one phrase. */
export function countAnswers({ sections }: GoldenQuestion): number {
  return Math.max(1, sections.length)
}

/** Whether the passage belongs to a section that answers, or holds the phrase of a question that names none. */
export function isAnsweringPassage({ sections, phrase }: GoldenQuestion, passage: FoundPassage): boolean {
  return sections.length === 0 ? holdsPhrase(passage, phrase) : sections.some((section) => isOfSection(passage, section))
}

/** A title as it is compared: people write it with or without its marks. */
export function foldText(text: string): string {
  return text.replace(/[`*_]/g, '').replace(/\s+/g, ' ').trim().toLowerCase()
}

function isOfSection({ file, headingPath }: FoundPassage, section: GoldenQuestion['sections'][number]): boolean {
  return section.file === file && foldText(section.title) === foldText(headingPath.at(-1) ?? '')
}

function holdsPhrase({ text }: FoundPassage, phrase: string): boolean {
  return phrase.trim() !== '' && foldText(text).includes(foldText(phrase))
}
