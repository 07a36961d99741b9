import { analyzeText } from '../word-search/analyze-text.js'
import type { Concept } from './parse-concepts.js'

/** The concepts' phrases as term numbers: what a question is compared with. Plain arrays, so that it can be stored. */
export interface ConceptIndex {
  readonly terms: readonly string[]
  /** Each concept's terms as the books say them. */
  readonly concepts: readonly (readonly string[])[]
  /** Term numbers of every phrase (asks and terms of a concept, one concept after the other), without repetitions. */
  readonly phraseTerms: Uint16Array
  /** `phraseStarts[p]` to `phraseStarts[p + 1]` are the term numbers of phrase p. */
  readonly phraseStarts: Uint32Array
  readonly phraseConcepts: Uint16Array
}

/** Analyses all phrases of the concepts. */
export function buildConceptIndex(concepts: readonly Concept[]): ConceptIndex {
  const numbers = new Map<string, number>()
  const phraseTerms: number[] = []
  const phraseStarts = [0]
  const phraseConcepts: number[] = []
  concepts.forEach(({ asks, terms }, concept) => {
    for (const phrase of [...asks, ...terms]) {
      for (const term of new Set(analyzeText(phrase))) {
        const number = numbers.get(term) ?? numbers.size
        numbers.set(term, number)
        phraseTerms.push(number)
      }
      phraseStarts.push(phraseTerms.length)
      phraseConcepts.push(concept)
    }
  })
  return {
    terms: [...numbers.keys()],
    concepts: concepts.map(({ terms }) => terms),
    phraseTerms: Uint16Array.from(phraseTerms),
    phraseStarts: Uint32Array.from(phraseStarts),
    phraseConcepts: Uint16Array.from(phraseConcepts),
  }
}
