import { askingTerms } from '../word-search/asking-terms.js'
import { inverseDocumentFrequency } from '../word-search/bm25.js'
import type { ConceptIndex } from './concept-index.js'

export interface ConceptMatch {
  /** As the books say it. */
  readonly terms: readonly string[]
  /** 0 to 1. */
  readonly match: number
}

/** Half the match is the likeness to the concept's nearest phrase, half the share of the question that its phrases hold together. */
const nearestShare = 0.5
/** Words of asking ("difference", "use") tell little of the matter. */
const askingWeight = 0.3
const leastMatch = 0.05
/** A question that weighs less than this share of one word that no concept has ("what is Docker?") tells too little to match fully. */
const fullyTold = 0.27

/** Compares questions with the concepts; made once, it holds how rare each term is among them. */
export class ConceptMatcher {
  readonly #index: ConceptIndex
  readonly #numbers: ReadonlyMap<string, number>
  /** Concepts that have the term. */
  readonly #counts: Uint16Array
  readonly #weights: Float64Array
  readonly #phraseWeights: Float64Array

  constructor(index: ConceptIndex) {
    this.#index = index
    this.#numbers = new Map(index.terms.map((term, number) => [term, number]))
    this.#counts = countConcepts(index)
    this.#weights = Float64Array.from(index.terms, (term, number) => {
      const rarity = inverseDocumentFrequency(index.concepts.length, this.#counts[number] ?? 0)
      return rarity * (askingTerms.has(term) ? askingWeight : 1)
    })
    this.#phraseWeights = Float64Array.from(index.phraseConcepts, (_, phrase) => {
      const terms = index.phraseTerms.subarray(index.phraseStarts[phrase], index.phraseStarts[phrase + 1])
      return terms.reduce((total, term) => total + (this.#weights[term] ?? 0), 0)
    })
  }

  /** Whether any phrase of the concepts has this term. */
  has(term: string): boolean {
    return this.#numbers.has(term)
  }

  /** Share of the concepts that have this term. */
  frequencyOf(term: string): number {
    const number = this.#numbers.get(term)
    return number === undefined ? 0 : (this.#counts[number] ?? 0) / this.#index.concepts.length
  }

  /**
   * The `count` concepts that the question's terms ask for most, best first: the mean of the idf-weighted cosine to the nearest of the
   * concept's phrases and the idf-weighted share of the question's terms that all its phrases hold.
   */
  match(terms: readonly string[], count: number): readonly ConceptMatch[] {
    const { concepts } = this.#index
    const asked = new Uint8Array(this.#index.terms.length)
    let total = 0
    for (const term of new Set(terms)) {
      const number = this.#numbers.get(term)
      total += number === undefined ? inverseDocumentFrequency(concepts.length, 0) : (this.#weights[number] ?? 0)
      if (number !== undefined) asked[number] = 1
    }
    const { nearest, held } = this.#compare(asked)
    const told = Math.min(1, total / (fullyTold * inverseDocumentFrequency(concepts.length, 0)))
    const found = concepts.flatMap((terms, concept) => {
      const match = nearestShare * ((nearest[concept] ?? 0) / Math.sqrt(total)) + (1 - nearestShare) * ((held[concept] ?? 0) / total)
      return told * match >= leastMatch ? [{ terms, match: told * match }] : []
    })
    return found.sort((left, right) => right.match - left.match).slice(0, count)
  }

  // Per concept: the weight shared with its nearest phrase over the root of that phrase's weight, and the weight held by all its phrases.
  #compare(asked: Uint8Array): { nearest: Float64Array; held: Float64Array } {
    const { concepts, phraseTerms, phraseStarts, phraseConcepts } = this.#index
    const nearest = new Float64Array(concepts.length)
    const held = new Float64Array(concepts.length)
    const lastHeldBy = new Int32Array(asked.length).fill(-1)
    for (let phrase = 0; phrase < phraseConcepts.length; phrase++) {
      const concept = phraseConcepts[phrase] ?? 0
      let shared = 0
      for (let place = phraseStarts[phrase] ?? 0; place < (phraseStarts[phrase + 1] ?? 0); place++) {
        const term = phraseTerms[place] ?? 0
        if (asked[term] !== 1) continue
        shared += this.#weights[term] ?? 0
        if (lastHeldBy[term] !== concept) held[concept] = (held[concept] ?? 0) + (this.#weights[term] ?? 0)
        lastHeldBy[term] = concept
      }
      if (shared > 0) nearest[concept] = Math.max(nearest[concept] ?? 0, shared / Math.sqrt(this.#phraseWeights[phrase] ?? 1))
    }
    return { nearest, held }
  }
}

function countConcepts({ terms, phraseTerms, phraseStarts, phraseConcepts }: ConceptIndex): Uint16Array {
  const counts = new Uint16Array(terms.length)
  const lastSeenIn = new Int32Array(terms.length).fill(-1)
  phraseConcepts.forEach((concept, phrase) => {
    for (const term of phraseTerms.subarray(phraseStarts[phrase], phraseStarts[phrase + 1])) {
      if (lastSeenIn[term] !== concept) counts[term] = (counts[term] ?? 0) + 1
      lastSeenIn[term] = concept
    }
  })
  return counts
}
