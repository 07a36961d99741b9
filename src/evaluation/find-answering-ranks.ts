import type { GoldenQuestion } from './golden-questions.js'

type Section = GoldenQuestion['sections'][number]

/** A retrieved passage, as far as it matters whether it answers. */
export interface FoundPassage extends FoundPlace {
  readonly text: string
  /** Places of nearly the same text that were folded into it. */
  readonly alsoAt?: readonly FoundPlace[]
}

export interface FoundPlace {
  readonly file: string
  readonly headingPath: readonly string[]
}

/**
 * Ranks (1-based, ascending) at which a further answer stands among the passages, best first: a passage of a section that answers and
 * that no better passage belongs to, or, for a question that names no sections, the first passage that holds its phrase. A passage belongs
 * to the sections of all its places: who reads it has read what was folded into it.
 */
export function findAnsweringRanks(question: GoldenQuestion, passages: readonly FoundPassage[]): readonly number[] {
  let open: readonly Section[] = question.sections
  let phraseIsOpen = question.sections.length === 0
  const ranks: number[] = []
  passages.forEach((passage, position) => {
    const left = open.filter((section) => !isOfSection(passage, section))
    const hasPhrase = phraseIsOpen && holdsPhrase(passage, question.phrase)
    if (hasPhrase) phraseIsOpen = false
    if (left.length < open.length || hasPhrase) ranks.push(position + 1)
    open = left
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

function isOfSection(passage: FoundPassage, { file, title }: Section): boolean {
  const places: readonly FoundPlace[] = [passage, ...(passage.alsoAt ?? [])]
  return places.some((place) => place.file === file && foldText(place.headingPath.at(-1) ?? '') === foldText(title))
}

function holdsPhrase({ text }: FoundPassage, phrase: string): boolean {
  return phrase.trim() !== '' && foldText(text).includes(foldText(phrase))
}
