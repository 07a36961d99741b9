import type { ConceptMatch } from '../../docker-knowledge/concept-matcher.js'
import type { Library } from '../../library/library.js'
import { analyzeText } from '../../word-search/analyze-text.js'
import { scoreDocuments } from '../../word-search/bm25.js'
import { createTitleEvidence } from './title-evidence.js'

const passagesPerConcept = 300

/**
 * How much each passage is about a concept, 1 for the passage that is most, by the concept's own words: BM25 over the words of its
 * terms (a word of a longer term weighs less), doubled where the section's title is one of the terms.
 */
export function scoreConcept(
  library: Library,
  { terms }: Pick<ConceptMatch, 'terms'>,
  accepts: (passageNumber: number) => boolean,
): ReadonlyMap<number, number> {
  const phrases = terms.map((term) => [...new Set(analyzeText(term))]).filter((words) => words.length > 0)
  const weights = new Map<string, number>()
  for (const words of phrases) {
    for (const word of words) weights.set(word, Math.max(weights.get(word) ?? 0, 1 / Math.sqrt(words.length)))
  }
  const measureTitle = createTitleEvidence(library.terms, phrases)
  const scored = scoreDocuments(library.terms, weights, { count: passagesPerConcept, accepts })
  const raised = scored.map(({ document, score }) => {
    return [document, score * (1 + measureTitle(document))] as const
  })
  const best = Math.max(0, ...raised.map(([, score]) => score))
  return new Map(raised.map(([document, score]) => [document, score / best]))
}
