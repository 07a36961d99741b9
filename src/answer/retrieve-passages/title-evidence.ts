import { analyzeText } from '../../word-search/analyze-text.js'
import { askingTerms } from '../../word-search/asking-terms.js'
import { countDocuments, inverseDocumentFrequency, type TermIndex } from '../../word-search/bm25.js'

/** A title that asks just the question raises its passages by this share of their score. */
export const titleWeight = 0.5

/**
 * A function that tells, 0 to 1, how nearly a section's title is the question: the share of the question's words (by rarity) that it
 * has, times the share of its own words that the question has. BM25 alone cannot tell "What an image is" from the thirty other
 * sections of a chapter on images.
 */
export function createTitleEvidence(index: TermIndex, terms: ReadonlyMap<string, number>): (title: string) => number {
  const count = index.lengths.length
  const weights = new Map<string, number>()
  for (const term of terms.keys()) {
    if (!askingTerms.has(term)) weights.set(term, inverseDocumentFrequency(count, countDocuments(index, term)))
  }
  const total = sum(weights.values())
  return (title) => {
    const words = [...new Set(analyzeText(title))].filter((term) => !askingTerms.has(term))
    const shared = words.filter((term) => weights.has(term))
    if (shared.length === 0 || total === 0) return 0
    return (sum(shared.map((term) => weights.get(term) ?? 0)) / total) * (shared.length / words.length)
  }
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
