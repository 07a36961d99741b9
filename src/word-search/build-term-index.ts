import { analyzeText } from './analyze-text.js'
import type { TermIndex } from './bm25.js'

/** What one passage is found under. */
export interface SearchableDocument {
  /** From the book's title down to the section's own. */
  readonly headings: readonly string[]
  readonly body: string
}

/** Measured on Docker books: the heading path counts twice. */
export const fieldWeights = { body: 1, heading: 2 } as const

interface Counted {
  readonly counts: ReadonlyMap<string, number>
  readonly sequence: readonly string[]
  /** Terms of all headings but the last, and of all headings. */
  readonly titleStart: number
  readonly bodyStart: number
}

/** Builds the index of all documents; a document's number is its position in the array. */
export function buildTermIndex(documents: readonly SearchableDocument[]): TermIndex {
  const counted = documents.map(countTerms)
  const terms = [...new Set(counted.flatMap(({ counts }) => [...counts.keys()]))].sort((left, right) => (left < right ? -1 : 1))
  const numbers = new Map(terms.map((term, number) => [term, number]))
  const lengths = Float32Array.from(counted, ({ counts }) => sum(counts.values()))
  const filled = lengths.filter((length) => length > 0)
  return {
    terms,
    ...packPostings(counted, numbers),
    ...packSequences(counted, numbers),
    lengths,
    meanLength: Math.max(sum(filled) / Math.max(filled.length, 1), 1),
  }
}

function countTerms({ headings, body }: SearchableDocument): Counted {
  const counts = new Map<string, number>()
  const above = headings.slice(0, -1).flatMap(analyzeText)
  const heading = [...above, ...analyzeText(headings.at(-1) ?? '')]
  const fields = { heading, body: analyzeText(body) }
  for (const field of ['body', 'heading'] as const) {
    for (const term of fields[field]) counts.set(term, (counts.get(term) ?? 0) + fieldWeights[field])
  }
  return { counts, sequence: [...fields.heading, ...fields.body], titleStart: above.length, bodyStart: heading.length }
}

function packPostings(counted: readonly Counted[], numbers: ReadonlyMap<string, number>) {
  const postingStarts = new Uint32Array(numbers.size + 1)
  for (const { counts } of counted) for (const term of counts.keys()) count(postingStarts, (numbers.get(term) ?? 0) + 1)
  for (let term = 1; term < postingStarts.length; term++) count(postingStarts, term, postingStarts[term - 1])
  const total = postingStarts.at(-1) ?? 0
  const documents = new Uint32Array(total)
  const frequencies = new Float32Array(total)
  const next = postingStarts.slice()
  counted.forEach(({ counts }, document) => {
    for (const [term, frequency] of counts) {
      const number = numbers.get(term) ?? 0
      const position = next[number] ?? 0
      documents[position] = document
      frequencies[position] = frequency
      next[number] = position + 1
    }
  })
  return { postingStarts, documents, frequencies }
}

function packSequences(counted: readonly Counted[], numbers: ReadonlyMap<string, number>) {
  const sequenceStarts = new Uint32Array(counted.length + 1)
  counted.forEach(({ sequence }, document) => {
    sequenceStarts[document + 1] = (sequenceStarts[document] ?? 0) + sequence.length
  })
  const titleStarts = Uint32Array.from(counted, ({ titleStart }, document) => (sequenceStarts[document] ?? 0) + titleStart)
  const bodyStarts = Uint32Array.from(counted, ({ bodyStart }, document) => (sequenceStarts[document] ?? 0) + bodyStart)
  const sequences = new Uint32Array(sequenceStarts.at(-1) ?? 0)
  counted.forEach(({ sequence }, document) => {
    sequences.set(
      sequence.map((term) => numbers.get(term) ?? 0),
      sequenceStarts[document],
    )
  })
  return { sequenceStarts, titleStarts, bodyStarts, sequences }
}

function count(numbers: Uint32Array, position: number, more = 1): void {
  numbers[position] = (numbers[position] ?? 0) + more
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
