import { pickBest, type ScoredDocument } from './pick-best.js'

/**
 * BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) with the parameters that were best on Docker
 * books: passages are short, so length matters less (b) and repetition saturates sooner (k1) than in the textbook's 1.2 and .75.
 */
export const bm25Parameters = { k1: 0.9, b: 0.35 } as const

/** Terms of many documents with their weighted counts: enough to score any question without the documents. */
export interface TermIndex {
  /** Sorted by code unit, so that a term is found by bisection; a term's number is its position. */
  readonly terms: readonly string[]
  /** `postingStarts[t]` to `postingStarts[t + 1]` are the postings of term t. */
  readonly postingStarts: Uint32Array
  readonly documents: Uint32Array
  /** Times the term stands in the document, each field's times multiplied by its weight. */
  readonly frequencies: Float32Array
  /** Weighted number of terms per document. */
  readonly lengths: Float32Array
  /** Of the documents that have any term. */
  readonly meanLength: number
  /** `sequenceStarts[d]` to `sequenceStarts[d + 1]` are the term numbers of document d, headings first, in reading order. */
  readonly sequenceStarts: Uint32Array
  /** Where the terms of document d's last heading, its title, begin, and where those of its body do. */
  readonly titleStarts: Uint32Array
  readonly bodyStarts: Uint32Array
  readonly sequences: Uint32Array
}

/** How rare a term is: ln(1 + (N - n + .5) / (n + .5)), always positive; `documentsWithTerm` 0 gives the highest. */
export function inverseDocumentFrequency(documentCount: number, documentsWithTerm: number): number {
  return Math.log(1 + (documentCount - documentsWithTerm + 0.5) / (documentsWithTerm + 0.5))
}

/** How rare a term is in this index. */
export function measureRarity(index: TermIndex, term: string): number {
  return inverseDocumentFrequency(index.lengths.length, countDocuments(index, term))
}

/** Number of documents in which the term stands. */
export function countDocuments(index: TermIndex, term: string): number {
  const position = findTerm(index.terms, term)
  return position < 0 ? 0 : postingEnd(index, position) - (index.postingStarts[position] ?? 0)
}

/** The highest score that the weighted terms can give a document: each term as often as you like. */
export function highestScore(index: TermIndex, terms: ReadonlyMap<string, number>): number {
  let total = 0
  for (const [term, weight] of terms) total += weight * measureRarity(index, term) * (bm25Parameters.k1 + 1)
  return total
}

/** Term numbers of a document in reading order. */
export function termNumbersOf(index: TermIndex, document: number): Uint32Array {
  return index.sequences.subarray(index.sequenceStarts[document] ?? 0, index.sequenceStarts[document + 1] ?? 0)
}

/** Term numbers of a document's body in reading order, without its headings. */
export function bodyNumbersOf(index: TermIndex, document: number): Uint32Array {
  return index.sequences.subarray(index.bodyStarts[document] ?? 0, index.sequenceStarts[document + 1] ?? 0)
}

/** Term numbers of the document's title, the last of its headings. */
export function titleNumbersOf(index: TermIndex, document: number): Uint32Array {
  return index.sequences.subarray(index.titleStarts[document] ?? 0, index.bodyStarts[document] ?? 0)
}

/** The `count` best documents for the weighted terms, best first; equal scores keep document order. Documents without any term are absent. */
export function scoreDocuments(
  index: TermIndex,
  terms: ReadonlyMap<string, number>,
  options: { readonly count: number; readonly accepts?: (document: number) => boolean },
): readonly ScoredDocument[] {
  const scores = new Float64Array(index.lengths.length)
  for (const [term, weight] of terms) addTermScores(index, { term, weight }, scores)
  return pickBest(scores, options)
}

function addTermScores(index: TermIndex, asked: { term: string; weight: number }, scores: Float64Array): void {
  const position = findTerm(index.terms, asked.term)
  if (position < 0) return
  const { k1, b } = bm25Parameters
  const start = index.postingStarts[position] ?? 0
  const end = postingEnd(index, position)
  const factor = asked.weight * inverseDocumentFrequency(index.lengths.length, end - start) * (k1 + 1)
  const { documents, frequencies, lengths, meanLength } = index
  for (let posting = start; posting < end; posting++) {
    const document = documents[posting] ?? 0
    const frequency = frequencies[posting] ?? 0
    const norm = k1 * (1 - b + (b * (lengths[document] ?? 0)) / meanLength)
    scores[document] = (scores[document] ?? 0) + (factor * frequency) / (frequency + norm)
  }
}

function postingEnd(index: TermIndex, position: number): number {
  return index.postingStarts[position + 1] ?? index.documents.length
}

/** The term's number, or -1. */
export function findTerm(terms: readonly string[], wanted: string): number {
  const position = findPlace(terms, wanted)
  return terms[position] === wanted ? position : -1
}

/** Position of the first term that does not sort before `wanted`. */
export function findPlace(terms: readonly string[], wanted: string): number {
  let low = 0
  let high = terms.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((terms[middle] ?? '') < wanted) low = middle + 1
    else high = middle
  }
  return low
}
