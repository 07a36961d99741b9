import { expect, test } from 'vitest'
import { areaUnderCurve, scoreRankings } from '../../../../src/dev/eval/score-rankings.js'

const rankOf = (rank: number | undefined) => ({ id: 'a-001', class: 'flag', rank })

test('scoreRankings counts hits by depth and averages reciprocal ranks', () => {
  expect(scoreRankings([1, 2, 5, undefined].map(rankOf))).toEqual({
    questions: 4,
    hitAt1: 0.25,
    hitAt3: 0.5,
    hitAt5: 0.75,
    hitAt10: 0.75,
    meanReciprocalRank: (1 + 1 / 2 + 1 / 5) / 4,
  })
})

test('scoreRankings is zero without questions', () => {
  expect(scoreRankings([])).toMatchObject({ questions: 0, hitAt5: 0, meanReciprocalRank: 0 })
})

test.each([
  [[0.9, 0.8], [0.1, 0.2], 1],
  [[0.1], [0.9], 0],
  [[0.5, 0.9], [0.5], 0.75],
])('areaUnderCurve of %j over %j is %f', (answerable, unanswerable, area) => {
  expect(areaUnderCurve(answerable, unanswerable)).toBe(area)
})
