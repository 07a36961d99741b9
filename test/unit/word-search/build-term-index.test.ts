import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyzeText } from '../../../src/word-search/analyze-text.js'
import { bodyNumbersOf, type TermIndex, termNumbersOf, titleNumbersOf } from '../../../src/word-search/bm25.js'
import { buildTermIndex } from '../../../src/word-search/build-term-index.js'

const text = fc.array(fc.constantFrom('ship', 'docks', '-P', 'EXPOSE', 'the', 'docker-compose.yml', 'Контейнер', '🐳'), { maxLength: 8 })
const line = text.map((words) => words.join(' '))
const documents = fc.array(fc.record({ headings: fc.array(line, { maxLength: 4 }), body: line }), { maxLength: 8 })
const read = (index: TermIndex, numbers: Uint32Array) => [...numbers].map((number) => index.terms[number])

describe('buildTermIndex', () => {
  it('keeps the terms of headings, title and body of every document in reading order', () => {
    fc.assert(
      fc.property(documents, (all) => {
        const index = buildTermIndex(all)
        for (const [document, { headings, body }] of all.entries()) {
          const whole = [...headings.flatMap((heading) => [...analyzeText(heading)]), ...analyzeText(body)]
          expect(read(index, termNumbersOf(index, document))).toEqual(whole)
          expect(read(index, titleNumbersOf(index, document))).toEqual([...analyzeText(headings.at(-1) ?? '')])
          expect(read(index, bodyNumbersOf(index, document))).toEqual([...analyzeText(body)])
        }
      }),
    )
  })

  it('sorts its terms by code unit, each once', () => {
    fc.assert(
      fc.property(documents, (all) => {
        const { terms } = buildTermIndex(all)
        expect(terms).toEqual([...new Set(terms)].sort((left, right) => (left < right ? -1 : 1)))
      }),
    )
  })

  it('lists the documents of a term in rising order, with its weighted times in each', () => {
    const index = buildTermIndex([
      { headings: ['Dock'], body: 'dock mast' },
      { headings: [], body: 'mast' },
      { headings: ['A', 'Dock dock'], body: '' },
    ])
    const dock = index.terms.indexOf('dock')
    const [start, end] = [index.postingStarts[dock] ?? 0, index.postingStarts[dock + 1] ?? 0]
    expect([...index.documents.subarray(start, end)]).toEqual([0, 2])
    expect([...index.frequencies.subarray(start, end)]).toEqual([3, 4])
  })

  it('takes the mean length of those documents that have any term', () => {
    const index = buildTermIndex([
      { headings: [], body: 'dock mast sail' },
      { headings: [], body: '' },
      { headings: ['Deck'], body: 'the' },
      { headings: [], body: 'dock' },
    ])
    expect([...index.lengths]).toEqual([3, 0, 2, 1])
    expect(index.meanLength).toBe(2)
  })
})
