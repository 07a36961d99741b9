/**
 * BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) with the parameters that were best on Docker
 * books: passages are short, so length matters less (b) and repetition saturates sooner (k1) than in the textbook's 1.2 and .75.
 */
export const bm25Parameters = { k1: 0.9, b: 0.35 } as const

/** Terms of many documents with their weighted counts: enough to score any question without the documents. */
export interface TermIndex {
  /** Sorted by code unit, so that a term is found by bisection. */
  readonly terms: readonly string[]
  /** `postingStarts[t]` to `postingStarts[t + 1]` are the postings of term t. */
  readonly postingStarts: Uint32Array
  readonly documents: Uint32Array
  /** Times the term stands in the document, each field's times multiplied by its weight. */
  readonly frequencies: Float32Array
  /** Weighted number of terms per document. */
  readonly lengths: Float32Array
  readonly meanLength: number
}

export interface ScoredDocument {
  readonly document: number
  readonly score: number
}

/** How rare a term is: ln(1 + (N - n + .5) / (n + .5)), always positive; `documentsWithTerm` 0 gives the highest. */
export function inverseDocumentFrequency(documentCount: number, documentsWithTerm: number): number {
  return Math.log(1 + (documentCount - documentsWithTerm + 0.5) / (documentsWithTerm + 0.5))
}

/** Number of documents in which the term stands. */
export function countDocuments(index: TermIndex, term: string): number {
  const position = findTerm(index.terms, term)
  return position < 0 ? 0 : postingEnd(index, position) - (index.postingStarts[position] ?? 0)
}

/** The `count` best documents for the weighted terms, best first; equal scores keep document order. Documents without any term are absent. */
export function scoreDocuments(
  index: TermIndex,
  terms: ReadonlyMap<string, number>,
  options: { readonly count: number; readonly accepts?: (document: number) => boolean },
): readonly ScoredDocument[] {
  const scores = new Map<number, number>()
  for (const [term, weight] of terms) addTermScores(index, { term, weight }, scores)
  const scored: ScoredDocument[] = []
  for (const [document, score] of scores) if (options.accepts?.(document) ?? true) scored.push({ document, score })
  return scored.sort((left, right) => right.score - left.score || left.document - right.document).slice(0, options.count)
}

function addTermScores(index: TermIndex, asked: { term: string; weight: number }, scores: Map<number, number>): void {
  const position = findTerm(index.terms, asked.term)
  if (position < 0) return
  const { k1, b } = bm25Parameters
  const start = index.postingStarts[position] ?? 0
  const end = postingEnd(index, position)
  const idf = inverseDocumentFrequency(index.lengths.length, end - start)
  for (let posting = start; posting < end; posting++) {
    const document = index.documents[posting] ?? 0
    const frequency = index.frequencies[posting] ?? 0
    const norm = k1 * (1 - b + (b * (index.lengths[document] ?? 0)) / index.meanLength)
    const gain = (asked.weight * idf * frequency * (k1 + 1)) / (frequency + norm)
    scores.set(document, (scores.get(document) ?? 0) + gain)
  }
}

function postingEnd(index: TermIndex, position: number): number {
  return index.postingStarts[position + 1] ?? index.documents.length
}

function findTerm(terms: readonly string[], wanted: string): number {
  let low = 0
  let high = terms.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const term = terms[middle] ?? ''
    if (term === wanted) return middle
    if (term < wanted) low = middle + 1
    else high = middle - 1
  }
  return -1
}
