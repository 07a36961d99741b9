import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { denseWeight, fuseRankings, type Legs, measureScale } from '../../../../src/answer/retrieve-passages/fuse-rankings.js'

const partsOf = (words: number) => ({ words, asks: 0, titleFactor: 1, neighbours: 0, concepts: 0 })
type Scored = readonly (readonly [passageNumber: number, score: number])[]
const lexical = (...hits: Scored) => hits.map(([passageNumber, score]) => ({ passageNumber, score, parts: partsOf(score) }))
const dense = (background: number, ...hits: Scored) => ({
  background,
  hits: hits.map(([passageNumber, score]) => ({ passageNumber, score })),
})
const order = (legs: Legs) => fuseRankings(legs).map(({ passageNumber }) => passageNumber)
const scoresOf = (legs: Legs) => new Map(fuseRankings(legs).map(({ passageNumber, scores }) => [passageNumber, scores]))

describe('fuseRankings', () => {
  it('keeps the order of one leg alone', () => {
    expect(order({ lexical: lexical([3, 9], [1, 5], [2, 4]) })).toEqual([3, 1, 2])
    expect(order({ lexical: [], dense: dense(0.1, [3, 0.9], [1, 0.5], [2, 0.4]) })).toEqual([3, 1, 2])
  })

  it('gives each passage its share of the best lexical score when there is no other leg', () => {
    const scores = scoresOf({ lexical: lexical([1, 8], [2, 6], [3, 2]) })
    expect([1, 2, 3].map((number) => scores.get(number)?.fused)).toEqual([1, 0.75, 0.25])
  })

  it('adds, weighed, the share of the best similarity above the background', () => {
    const scores = scoresOf({ lexical: lexical([1, 8], [2, 6]), dense: dense(0.2, [2, 0.6], [1, 0.4], [3, 0.2]) })
    expect(scores.get(1)?.fused).toBeCloseTo(1 + denseWeight * 0.5, 12)
    expect(scores.get(2)?.fused).toBeCloseTo(0.75 + denseWeight, 12)
    expect(scores.get(3)?.fused).toBe(0)
  })

  it('takes a similarity below the background for none, not for less than none', () => {
    const scores = scoresOf({ lexical: lexical([1, 8], [2, 6]), dense: dense(0.3, [1, 0.5], [2, -0.9]) })
    expect(scores.get(2)?.fused).toBe(0.75)
  })

  it('lets similarities decide nothing when none is above the background', () => {
    expect(order({ lexical: lexical([1, 8], [2, 6]), dense: dense(0.7, [2, 0.7], [1, 0.3]) })).toEqual([1, 2])
    expect(order({ lexical: lexical([1, 8], [2, 6]), dense: dense(0.7) })).toEqual([1, 2])
    expect(scoresOf({ lexical: lexical([1, 8], [2, 6]), dense: dense(0.7, [2, 0.7], [1, 0.3]) }).get(2)?.fused).toBe(0.75)
  })

  it('puts a passage that both legs find near their best before one that only one of them puts first', () => {
    expect(order({ lexical: lexical([1, 8], [2, 7]), dense: dense(0.1, [3, 0.9], [2, 0.8]) })[0]).toBe(2)
  })

  it('trusts words more than meaning: the best by words alone stands before the best by meaning alone', () => {
    expect(order({ lexical: lexical([7, 1]), dense: dense(0, [2, 0.9]) })).toEqual([7, 2])
  })

  it('keeps the lexical order where the fused scores are equal, then the dense one', () => {
    expect(order({ lexical: lexical([5, 4], [4, 4]), dense: dense(0.1, [4, 0.5], [5, 0.5]) })).toEqual([5, 4])
    expect(order({ lexical: [], dense: dense(0.1, [9, 0.1], [3, 0.1]) })).toEqual([9, 3])
  })

  it('keeps the score and rank of each leg and the parts of the lexical one, and leaves out a leg that did not find the passage', () => {
    const scores = scoresOf({ lexical: lexical([1, 9]), dense: dense(0.1, [1, 0.9], [2, 0.5]) })
    expect(scores.get(1)).toMatchObject({ lexical: { score: 9, rank: 1, parts: partsOf(9) }, dense: { score: 0.9, rank: 1 } })
    expect(scores.get(2)).toEqual({ dense: { score: 0.5, rank: 2 }, fused: expect.closeTo(denseWeight * 0.5, 12) })
  })

  it('finds nothing in legs that found nothing', () => {
    expect(fuseRankings({ lexical: [] })).toEqual([])
    expect(fuseRankings({ lexical: [], dense: dense(0.2) })).toEqual([])
  })

  it('holds every passage of either leg once, best first, by the scale that is told', () => {
    const hits = (most: number) =>
      fc
        .uniqueArray(fc.tuple(fc.nat(30), fc.double({ min: 0.01, max: most, noNaN: true })), {
          selector: ([number]) => number,
          maxLength: 20,
        })
        .map((list) => list.sort((left, right) => right[1] - left[1]))
    fc.assert(
      fc.property(hits(50), hits(1), fc.double({ min: -0.5, max: 0.9, noNaN: true }), (words, meaning, background) => {
        const legs = { lexical: lexical(...words), dense: dense(background, ...meaning) }
        const fused = fuseRankings(legs)
        expect(fused.map(({ passageNumber }) => passageNumber).sort()).toEqual(
          [...new Set([...words, ...meaning].map(([number]) => number))].sort(),
        )
        const scores = fused.map((found) => found.scores.fused)
        expect(scores).toEqual([...scores].sort((left, right) => right - left))
        const scale = measureScale(legs)
        for (const { scores: told } of fused) {
          const byWords = told.lexical === undefined ? 0 : told.lexical.score / scale.bestLexical
          const above = scale.dense === undefined || told.dense === undefined ? 0 : Math.max(0, told.dense.score - scale.dense.background)
          const span = (scale.dense?.best ?? 0) - (scale.dense?.background ?? 0)
          expect(told.fused).toBeCloseTo(byWords + (span > 0 ? (denseWeight * above) / span : 0), 9)
        }
      }),
    )
  })
})
