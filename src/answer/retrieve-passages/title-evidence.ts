import { analyzeText } from '../../word-search/analyze-text.js'
import { askingTerms } from '../../word-search/asking-terms.js'
import { countDocuments, inverseDocumentFrequency, type TermIndex } from '../../word-search/bm25.js'

/** Stemming changes a word's end; three letters always stay. */
const sharedLetters = 3

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
  const beginnings = toBeginnings([...weights.keys()])
  return (title) => {
    // Stemming the titles of a thousand passages would cost a cold question 20 ms.
    if (!beginnings.test(title)) return 0
    const words = [...new Set(analyzeText(title))].filter((term) => !askingTerms.has(term))
    const shared = words.filter((term) => weights.has(term))
    if (shared.length === 0 || total === 0) return 0
    return (sum(shared.map((term) => weights.get(term) ?? 0)) / total) * (shared.length / words.length)
  }
}

/** Matches a title that may hold one of the terms: a stem and its words share their first letters. */
function toBeginnings(terms: readonly string[]): RegExp {
  const parts = terms.map((term) => term.slice(0, sharedLetters).replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'))
  return new RegExp(parts.length === 0 ? '$^' : parts.join('|'), 'i')
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
