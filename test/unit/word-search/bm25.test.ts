import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bm25Parameters, countDocuments, highestScore, inverseDocumentFrequency, scoreDocuments } from '../../../src/word-search/bm25.js'
import { buildTermIndex, fieldWeights, type SearchableDocument } from '../../../src/word-search/build-term-index.js'

// Words that are their own stems and no stop words, so that the textbook needs no analyser.
const words = ['ship', 'port', 'dock', 'mast', 'sail', 'deck', 'hull', 'rope'] as const
const text = fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((list) => list.join(' '))
const documents = fc.array(fc.record({ body: text, headings: fc.array(text, { maxLength: 3 }) }), { minLength: 1, maxLength: 12 })
const question = fc.dictionary(fc.constantFrom(...words, 'unknown'), fc.double({ min: 0.1, max: 2, noNaN: true }), { maxKeys: 5 })

const plain = (body: string): SearchableDocument => ({ body, headings: [] })
const ask = (...terms: readonly string[]) => new Map(terms.map((term) => [term, 1]))

function toTerms({ body, headings }: SearchableDocument): readonly string[] {
  const repeated = Array.from({ length: fieldWeights.heading }, () => headings).flat()
  return [body, ...repeated].flatMap((field) => field.split(' ')).filter((word) => word !== '')
}

/** BM25 as the textbook writes it: over every document, without an index. */
function scoreByTheBook(all: readonly SearchableDocument[], asked: ReadonlyMap<string, number>) {
  const { k1, b } = bm25Parameters
  const bags = all.map(toTerms)
  const filled = bags.filter((bag) => bag.length > 0)
  const mean = Math.max(1, filled.reduce((total, bag) => total + bag.length, 0) / Math.max(1, filled.length))
  return bags
    .map((bag, document) => {
      let score = 0
      for (const [term, weight] of asked) {
        const holding = bags.filter((other) => other.includes(term)).length
        const times = bag.filter((word) => word === term).length
        const idf = Math.log(1 + (bags.length - holding + 0.5) / (holding + 0.5))
        score += (weight * idf * times * (k1 + 1)) / (times + k1 * (1 - b + (b * bag.length) / mean))
      }
      return { document, score }
    })
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score || left.document - right.document)
}

describe('scoreDocuments', () => {
  it('gives the scores of the textbook formula, best first', () => {
    fc.assert(
      fc.property(documents, question, (all, weights) => {
        const asked = new Map(Object.entries(weights))
        const found = scoreDocuments(buildTermIndex(all), asked, { count: all.length })
        const expected = scoreByTheBook(all, asked)
        const scores = new Map(expected.map(({ document, score }) => [document, score]))
        expect(found).toHaveLength(expected.length)
        for (const [rank, { document, score }] of found.entries()) {
          expect(score).toBeCloseTo(scores.get(document) ?? -1, 5)
          expect(score).toBeCloseTo(expected[rank]?.score ?? -1, 5)
        }
      }),
    )
  })

  it('keeps document order where scores are equal', () => {
    const index = buildTermIndex([plain('dock'), plain('mast'), plain('dock'), plain('dock')])
    expect(scoreDocuments(index, ask('dock'), { count: 10 }).map(({ document }) => document)).toEqual([0, 2, 3])
  })

  it('leaves out documents without any term of the question', () => {
    expect(scoreDocuments(buildTermIndex([plain('dock'), plain('mast')]), ask('mast', 'nowhere'), { count: 10 })).toMatchObject([
      { document: 1 },
    ])
  })

  it('returns no more than asked for, the best ones', () => {
    const index = buildTermIndex([plain('dock mast sail'), plain('dock dock'), plain('dock')])
    expect(scoreDocuments(index, ask('dock'), { count: 1 })).toMatchObject([{ document: 1 }])
  })

  it('fills the count from accepted documents alone', () => {
    const index = buildTermIndex([plain('dock dock dock'), plain('dock dock'), plain('dock')])
    const found = scoreDocuments(index, ask('dock'), { count: 2, accepts: (document) => document !== 0 })
    expect(found.map(({ document }) => document)).toEqual([1, 2])
  })

  it('finds a heading word more surely than the same word in the body', () => {
    const index = buildTermIndex([plain('mast dock'), { body: 'mast', headings: ['dock'] }])
    expect(scoreDocuments(index, ask('dock'), { count: 2 })[0]?.document).toBe(1)
  })

  it('finds a passage by any of its headings, the first as surely as the last', () => {
    const index = buildTermIndex([plain('mast'), { body: 'sail', headings: ['deck', 'hull'] }])
    const [first, last] = [scoreDocuments(index, ask('deck'), { count: 2 }), scoreDocuments(index, ask('hull'), { count: 2 })]
    expect(first).toMatchObject([{ document: 1 }])
    expect(first).toEqual(last)
  })

  it('finds nothing in an index without documents', () => {
    expect(scoreDocuments(buildTermIndex([]), ask('dock'), { count: 5 })).toEqual([])
  })

  it('finds nothing and fails with nothing where all documents are empty', () => {
    expect(scoreDocuments(buildTermIndex([plain(''), plain('')]), ask('dock'), { count: 5 })).toEqual([])
  })
})

describe('highestScore', () => {
  it('is never reached, however often a document says the words, and nearly so by one that says little else', () => {
    fc.assert(
      fc.property(documents, question, (all, weights) => {
        const asked = new Map(Object.entries(weights))
        const index = buildTermIndex(all)
        const [best] = scoreDocuments(index, asked, { count: 1 })
        expect(best?.score ?? 0).toBeLessThanOrEqual(highestScore(index, asked))
      }),
    )
    const index = buildTermIndex([plain('dock '.repeat(1000)), plain('mast')])
    const [best] = scoreDocuments(index, ask('dock'), { count: 1 })
    expect((best?.score ?? 0) / highestScore(index, ask('dock'))).toBeGreaterThan(0.99)
  })
})

describe('countDocuments', () => {
  it('counts the documents that hold the term, in whatever field and however often', () => {
    const index = buildTermIndex([plain('dock dock'), { body: '', headings: ['dock', 'dock'] }, plain('mast')])
    expect([countDocuments(index, 'dock'), countDocuments(index, 'mast'), countDocuments(index, 'sail')]).toEqual([2, 1, 0])
  })
})

describe('inverseDocumentFrequency', () => {
  it('falls as more documents hold the term, and stays above zero even when all do', () => {
    const values = [0, 1, 5, 10].map((holding) => inverseDocumentFrequency(10, holding))
    expect(values).toEqual([...values].sort((left, right) => right - left))
    expect(Math.min(...values)).toBeGreaterThan(0)
    expect(new Set(values).size).toBe(values.length)
  })
})
