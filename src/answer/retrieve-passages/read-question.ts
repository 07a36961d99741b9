import type { ConceptMatcher } from '../../docker-knowledge/concept-matcher.js'
import type { Library } from '../../library/library.js'
import { analyzeText } from '../../word-search/analyze-text.js'
import { countDocuments } from '../../word-search/bm25.js'
import { repairSpelling } from '../../word-search/repair-spelling.js'

/** A question as the lexical leg sees it. */
export interface QuestionTerms {
  /** In the question's order, repetitions kept. */
  readonly sequence: readonly string[]
  /** Each term once; the question's own words weigh 1. */
  readonly weights: ReadonlyMap<string, number>
  /** Term in use → word as it was typed. */
  readonly repaired: ReadonlyMap<string, string>
}

// A word between spaces or the punctuation of a sentence: parts of flags, paths and names are not prose.
const proseWord = /(?:^[A-Z]|(?<![^\s("'“]))[a-z]+(?=[)"'”.,;:?!]*(?:\s|$))/g
/** A pasted text of hundreds of strange words is no misspelt question. */
const mostRepairs = 20

/**
 * The question's terms. A word without capitals (but the first) that neither the books nor the concepts have is taken for the book's word that it is one slip of
 * the keyboard away from, unless `repair` is off.
 */
export function readQuestion(
  text: string,
  { library, concepts, repair }: { library: Library; concepts: ConceptMatcher; repair: boolean },
): QuestionTerms {
  const repaired = new Map<string, string>()
  const countPassages = (term: string) => countDocuments(library.terms, term)
  const isKnown = (term: string) => countPassages(term) > 0 || countDocuments(library.asks, term) > 0 || concepts.has(term)
  let tried = 0
  const meant = text.trimStart().replace(proseWord, (word) => {
    const [term] = analyzeText(word)
    if (!repair || term === undefined || isKnown(term) || ++tried > mostRepairs) return word
    const repairedWord = repairSpelling(word.toLowerCase(), countPassages)
    if (repairedWord === undefined) return word
    for (const used of analyzeText(repairedWord)) repaired.set(used, word)
    return repairedWord
  })
  const sequence = analyzeText(meant)
  return { sequence, weights: new Map(sequence.map((term) => [term, 1])), repaired }
}
