import { askingTerms } from '../../word-search/asking-terms.js'
import { findTerm, measureRarity, type TermIndex, titleNumbersOf } from '../../word-search/bm25.js'

/** A title near the question raises its passages by up to half of their score; one that is the question itself by half as much again and more. */
const nearTitle = 0.5
const sameTitle = 1

/**
 * What a passage's score is multiplied by for its title. The eighth power leaves out all titles but those that have just the question's
 * words: of "What is Docker?", where every passage has the only word, the title must decide.
 */
export function toTitleFactor(evidence: number): number {
  return 1 + nearTitle * evidence + sameTitle * evidence ** 8
}

/**
 * A function that tells, 0 to 1, how nearly the title of a passage's section is one of the phrases, each a list of terms: the share of
 * the phrase's words (by rarity) that the title has, times the share of its own words that the phrase has; the highest over all phrases.
 * BM25 alone cannot tell "What an image is" from the thirty other sections of a chapter on images.
 */
export function createTitleEvidence(index: TermIndex, phrases: readonly Iterable<string>[]): (passageNumber: number) => number {
  const weighed = phrases.map((terms) => weighTerms(index, terms))
  const isWanted = new Uint8Array(index.terms.length)
  for (const { weights } of weighed) for (const number of weights.keys()) isWanted[number] = 1
  const isAsking = askingNumbers(index)
  return (passageNumber) => {
    if (!hasWanted(index, passageNumber, isWanted)) return 0
    const words = new Set(titleNumbersOf(index, passageNumber).filter((number) => !isAsking.has(number)))
    let best = 0
    for (const { weights, total } of weighed) {
      let shared = 0
      let count = 0
      for (const word of words) {
        const weight = weights.get(word)
        if (weight === undefined) continue
        count++
        shared += weight
      }
      if (count > 0) best = Math.max(best, (shared / total) * (count / words.size))
    }
    return best
  }
}

// Most titles have no word of the question: a thousand of them are passed over in this loop.
function hasWanted({ sequences, titleStarts, bodyStarts }: TermIndex, passageNumber: number, isWanted: Uint8Array): boolean {
  const end = bodyStarts[passageNumber] ?? 0
  for (let place = titleStarts[passageNumber] ?? 0; place < end; place++) if (isWanted[sequences[place] ?? 0] === 1) return true
  return false
}

function weighTerms(index: TermIndex, terms: Iterable<string>): { weights: ReadonlyMap<number, number>; total: number } {
  const weights = new Map<number, number>()
  let total = 0
  for (const term of terms) {
    if (askingTerms.has(term)) continue
    const rarity = measureRarity(index, term)
    total += rarity
    const number = findTerm(index.terms, term)
    if (number >= 0) weights.set(number, rarity)
  }
  return { weights, total }
}

const askingNumbersOf = new WeakMap<TermIndex, ReadonlySet<number>>()

function askingNumbers(index: TermIndex): ReadonlySet<number> {
  let known = askingNumbersOf.get(index)
  if (known === undefined) {
    known = new Set([...askingTerms].map((term) => findTerm(index.terms, term)).filter((number) => number >= 0))
    askingNumbersOf.set(index, known)
  }
  return known
}
