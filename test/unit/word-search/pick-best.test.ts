import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pickBest } from '../../../src/word-search/pick-best.js'

/** What the heap must come to: everything sorted, then cut. */
function pickBySorting(scores: readonly number[], count: number, accepts: (document: number) => boolean) {
  return scores
    .map((score, document) => ({ document, score }))
    .filter(({ document, score }) => score > 0 && accepts(document))
    .sort((left, right) => right.score - left.score || left.document - right.document)
    .slice(0, count)
}

// Few different values, so that ties are common.
const fewValues = fc.array(fc.integer({ min: -1, max: 5 }), { maxLength: 80 })
const anyValues = fc.array(fc.double({ min: -1, max: 100, noNaN: true }), { maxLength: 80 })

describe('pickBest', () => {
  it('picks what a full sort would, in its order, ties in document order', () => {
    fc.assert(
      fc.property(fc.oneof(fewValues, anyValues), fc.integer({ min: 1, max: 90 }), (scores, count) => {
        expect(pickBest(Float64Array.from(scores), { count })).toEqual(pickBySorting(scores, count, () => true))
      }),
      { numRuns: 500 },
    )
  })

  it('picks what a full sort of the accepted documents would', () => {
    fc.assert(
      fc.property(fewValues, fc.integer({ min: 1, max: 20 }), fc.func(fc.boolean()), (scores, count, accepts) => {
        expect(pickBest(Float64Array.from(scores), { count, accepts })).toEqual(pickBySorting(scores, count, accepts))
      }),
      { numRuns: 300 },
    )
  })

  it('leaves out scores of 0 and less, and finds nothing among none', () => {
    expect(pickBest(Float64Array.of(0, -1, 0), { count: 5 })).toEqual([])
    expect(pickBest(new Float64Array(), { count: 5 })).toEqual([])
  })
})
