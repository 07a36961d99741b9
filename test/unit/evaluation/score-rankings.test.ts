import { describe, expect, test } from 'vitest'
import { bootstrapInterval } from '../../../src/evaluation/bootstrap-interval.js'
import { scoreClasses, scoreRankings } from '../../../src/evaluation/score-rankings.js'
import { areaUnderCurve, scoreRefusals } from '../../../src/evaluation/score-refusals.js'
import { summarizeLatencies } from '../../../src/evaluation/summarize-latencies.js'

const ranked = (ranks: readonly number[], answers = 1, name = 'flag') => ({ class: name, ranks, answers })

describe('scoreRankings', () => {
  test('counts hits by depth and averages reciprocal ranks of the first answer', () => {
    expect(scoreRankings([ranked([1]), ranked([2, 3]), ranked([5]), ranked([])])).toMatchObject({
      questions: 4,
      hitAt1: 0.25,
      hitAt3: 0.5,
      hitAt5: 0.75,
      hitAt10: 0.75,
      meanReciprocalRank: (1 + 1 / 2 + 1 / 5) / 4,
    })
  })

  test.each([
    { name: 'all answers first', ranks: [1, 2], answers: 2, gain: 1 },
    { name: 'the only answer second', ranks: [2], answers: 1, gain: 1 / Math.log2(3) },
    // (1/log2(3) + 1/log2(5)) / (1 + 1/log2(3)) by hand: (.63093 + .43068) / 1.63093
    { name: 'two of two at ranks 2 and 4', ranks: [2, 4], answers: 2, gain: 0.650921 },
    { name: 'one of three found, first', ranks: [1], answers: 3, gain: 1 / (1 + 0.63093 + 0.5) },
    { name: 'an answer at rank 11', ranks: [11], answers: 1, gain: 0 },
    { name: 'more answers than ten, ten found', ranks: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], answers: 14, gain: 1 },
  ])('discounts gains by rank: $name', ({ ranks, answers, gain }) => {
    expect(scoreRankings([ranked(ranks, answers)]).gainAt10).toBeCloseTo(gain, 4)
  })

  test('is zero without questions', () => {
    expect(scoreRankings([])).toEqual({
      questions: 0,
      hitAt1: 0,
      hitAt3: 0,
      hitAt5: 0,
      hitAt10: 0,
      meanReciprocalRank: 0,
      gainAt10: 0,
      intervals: {
        hitAt1: { low: 0, high: 0 },
        hitAt3: { low: 0, high: 0 },
        hitAt5: { low: 0, high: 0 },
        hitAt10: { low: 0, high: 0 },
        meanReciprocalRank: { low: 0, high: 0 },
        gainAt10: { low: 0, high: 0 },
      },
    })
  })

  test('gives every measure the interval of its own values', () => {
    const questions = [ranked([1]), ranked([2]), ranked([4]), ranked([9]), ranked([], 1)]
    const { intervals } = scoreRankings(questions)
    expect(intervals).toEqual({
      hitAt1: bootstrapInterval([1, 0, 0, 0, 0]),
      hitAt3: bootstrapInterval([1, 1, 0, 0, 0]),
      hitAt5: bootstrapInterval([1, 1, 1, 0, 0]),
      hitAt10: bootstrapInterval([1, 1, 1, 1, 0]),
      meanReciprocalRank: bootstrapInterval([1, 1 / 2, 1 / 4, 1 / 9, 0]),
      gainAt10: bootstrapInterval([1, 1 / Math.log2(3), 1 / Math.log2(5), 1 / Math.log2(10), 0]),
    })
    expect(intervals.meanReciprocalRank.high).toBeGreaterThan(intervals.meanReciprocalRank.low)
  })

  test('scores each class by name and all questions last', () => {
    const scores = scoreClasses([ranked([1], 1, 'how-to'), ranked([], 1, 'error'), ranked([1], 1, 'error')])
    expect(scores.map(({ class: name, questions, hitAt1 }) => [name, questions, hitAt1])).toEqual([
      ['error', 2, 0.5],
      ['how-to', 1, 1],
      ['all', 3, 2 / 3],
    ])
  })
})

describe('bootstrapInterval', () => {
  const half = Array.from({ length: 100 }, (_, position) => position % 2)

  test('draws the same samples every time', () => {
    expect(bootstrapInterval(half)).toEqual(bootstrapInterval([...half]))
  })

  test('lies about two standard errors around the mean', () => {
    const { low, high } = bootstrapInterval(half)
    expect(low).toBeGreaterThan(0.37)
    expect(low).toBeLessThan(0.43)
    expect(high).toBeGreaterThan(0.57)
    expect(high).toBeLessThan(0.63)
  })

  test('has no width where all values are the same, also for differences of systems that agree', () => {
    expect(bootstrapInterval([1, 1, 1])).toEqual({ low: 1, high: 1 })
    expect(bootstrapInterval([0, 0])).toEqual({ low: 0, high: 0 })
    expect(bootstrapInterval([])).toEqual({ low: 0, high: 0 })
  })
})

describe('scoreRefusals', () => {
  test('tells false refusals, false answers and those near the topic apart', () => {
    const judgements = [
      { isAnswerable: true, confidence: 0.9, answered: true, isNear: false },
      { isAnswerable: true, confidence: 0.3, answered: false, isNear: false },
      { isAnswerable: false, confidence: 0.6, answered: true, isNear: true },
      { isAnswerable: false, confidence: 0.1, answered: false, isNear: false },
    ]
    expect(scoreRefusals(judgements)).toEqual({
      falseRefusals: { count: 1, of: 2 },
      falseAnswers: { count: 1, of: 2 },
      nearFalseAnswers: { count: 1, of: 1 },
      area: 0.75,
    })
    expect(scoreRefusals([])).not.toHaveProperty('area')
  })

  test.each([
    [[0.9, 0.8], [0.1, 0.2], 1],
    [[0.1], [0.9], 0],
    [[0.5, 0.9], [0.5], 0.75],
    [[], [0.5], undefined],
  ])('areaUnderCurve of %j over %j is %s', (answerable, unanswerable, area) => {
    expect(areaUnderCurve(answerable, unanswerable)).toBe(area)
  })
})

test('summarizeLatencies takes percentiles by nearest rank, whatever the order', () => {
  const times = Array.from({ length: 20 }, (_, position) => 20 - position)
  expect(summarizeLatencies(times)).toEqual({ mean: 10.5, p50: 10, p95: 19, max: 20 })
  expect(summarizeLatencies([])).toEqual({ mean: 0, p50: 0, p95: 0, max: 0 })
})
