import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fuseRankings } from '../../../../src/answer/retrieve-passages/fuse-rankings.js'

const leg = (...passageNumbers: readonly number[]) => passageNumbers.map((passageNumber, at) => ({ passageNumber, score: 9 - at }))
const order = (legs: Parameters<typeof fuseRankings>[0]) => fuseRankings(legs).map(({ passageNumber }) => passageNumber)

describe('fuseRankings', () => {
  it('keeps the order of one leg alone', () => {
    expect(order({ lexical: leg(3, 1, 2), dense: [] })).toEqual([3, 1, 2])
    expect(order({ lexical: [], dense: leg(3, 1, 2) })).toEqual([3, 1, 2])
  })

  it('puts a passage that both legs find before one that only one of them puts first', () => {
    expect(order({ lexical: leg(1, 2), dense: leg(3, 2) })[0]).toBe(2)
  })

  it('keeps the lexical order where the scores are equal', () => {
    expect(order({ lexical: leg(5, 4), dense: leg(4, 5) })).toEqual([5, 4])
    expect(order({ lexical: leg(7), dense: leg(2) })).toEqual([7, 2])
  })

  it('keeps the score and rank of each leg, and leaves out a leg that did not find the passage', () => {
    const [both, one] = fuseRankings({ lexical: leg(1), dense: leg(1, 2) })
    expect(both?.scores).toEqual({ lexical: { score: 9, rank: 1 }, dense: { score: 9, rank: 1 }, fused: 2 / 61 })
    expect(one?.scores).toEqual({ dense: { score: 8, rank: 2 }, fused: 1 / 62 })
  })

  it('holds every passage of either leg once, best first', () => {
    const numbers = fc.uniqueArray(fc.nat(30), { maxLength: 20 })
    fc.assert(
      fc.property(numbers, numbers, (words, meaning) => {
        const fused = fuseRankings({ lexical: leg(...words), dense: leg(...meaning) })
        expect(fused.map(({ passageNumber }) => passageNumber).sort()).toEqual([...new Set([...words, ...meaning])].sort())
        const scores = fused.map((found) => found.scores.fused)
        expect(scores).toEqual([...scores].sort((left, right) => right - left))
      }),
    )
  })
})
