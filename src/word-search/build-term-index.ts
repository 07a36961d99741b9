import { analyzeText } from './analyze-text.js'
import type { TermIndex } from './bm25.js'

/** What one passage is found under. */
export interface SearchableDocument {
  readonly body: string
  readonly heading: string
  /** How learners ask for it, in words that the book does not use. */
  readonly asks: string
}

/** Measured on Docker books: the heading path counts twice; asks are headings in the learner's words. */
export const fieldWeights = { body: 1, heading: 2, asks: 2 } as const

type Postings = { readonly documents: number[]; readonly frequencies: number[] }

/** Builds the index of all documents; a document's number is its position in the array. */
export function buildTermIndex(documents: readonly SearchableDocument[]): TermIndex {
  const postings = new Map<string, Postings>()
  const lengths = new Float32Array(documents.length)
  documents.forEach((document, number) => {
    const counts = countTerms(document)
    for (const [term, frequency] of counts) addPosting(postings, term, { document: number, frequency })
    lengths[number] = sum(counts.values())
  })
  const meanLength = documents.length === 0 ? 1 : Math.max(sum(lengths) / documents.length, 1)
  return { ...packPostings(postings), lengths, meanLength }
}

function countTerms(document: SearchableDocument): Map<string, number> {
  const counts = new Map<string, number>()
  for (const field of ['body', 'heading', 'asks'] as const) {
    for (const term of analyzeText(document[field])) counts.set(term, (counts.get(term) ?? 0) + fieldWeights[field])
  }
  return counts
}

function addPosting(postings: Map<string, Postings>, term: string, posting: { document: number; frequency: number }): void {
  let list = postings.get(term)
  if (list === undefined) {
    list = { documents: [], frequencies: [] }
    postings.set(term, list)
  }
  list.documents.push(posting.document)
  list.frequencies.push(posting.frequency)
}

function packPostings(postings: ReadonlyMap<string, Postings>): Omit<TermIndex, 'lengths' | 'meanLength'> {
  const terms = [...postings.keys()].sort((left, right) => (left < right ? -1 : 1))
  const total = sum([...postings.values()].map((list) => list.documents.length))
  const postingStarts = new Uint32Array(terms.length + 1)
  const documents = new Uint32Array(total)
  const frequencies = new Float32Array(total)
  let next = 0
  terms.forEach((term, position) => {
    const list = postings.get(term)
    documents.set(list?.documents ?? [], next)
    frequencies.set(list?.frequencies ?? [], next)
    next += list?.documents.length ?? 0
    postingStarts[position + 1] = next
  })
  return { terms, postingStarts, documents, frequencies }
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
