import { describe, expect, test } from 'vitest'
import { compareSystems, countMisses } from '../../../../src/dev/eval/compare-systems.js'
import { parseEvalSettings } from '../../../../src/dev/eval/eval-settings.js'
import { judgeAims } from '../../../../src/dev/eval/judge-aims.js'
import { toRankingReport } from '../../../../src/evaluation/eval-report.js'
import { parseQuestions } from '../../../../src/evaluation/golden-questions.js'

const classes = ['flag', 'flag', 'paraphrase', 'paraphrase', 'unanswerable']
const questions = parseQuestions(
  JSON.stringify(classes.map((name) => ({ class: name, question: 'Why?', ...(name === 'unanswerable' ? {} : { phrase: 'so' }) }))),
  'a.json',
)
const run = (name: string, firstRanks: readonly number[]) => ({
  name,
  searches: questions.map((question, at) => {
    const rank = firstRanks[at]
    return { question, ranks: rank === undefined || rank === 0 ? [] : [rank], ms: 1 }
  }),
})
const ours = run('ours', [1, 6, 1, 2])
const strong = run('strong', [1, 1, 0, 0])
const weak = run('weak', [0, 0, 5, 0])

describe('compareSystems', () => {
  test('sets us beside the best rival of all questions and of each class, and counts which of its misses we find', () => {
    const told = compareSystems([ours], [weak, strong]).map(({ class: name, rival, difference, rivalMisses, found }) => {
      return [name, rival, difference, rivalMisses, found]
    })
    expect(told).toEqual([
      ['flag', 'strong', -0.5, 0, 0],
      ['paraphrase', 'weak', 0.5, 1, 1],
      ['all', 'strong', 0.25, 2, 2],
    ])
  })

  test('gives a difference that never varies an interval without width', () => {
    const [comparison] = compareSystems([strong], [strong])
    expect(comparison).toMatchObject({ difference: 0, interval: { low: 0, high: 0 } })
  })
})

test('countMisses counts what stands below rank five as missed, unanswerable questions left out', () => {
  expect(countMisses([ours, strong])).toEqual([
    { class: 'flag', questions: 2, misses: { ours: 1, strong: 0 } },
    { class: 'paraphrase', questions: 2, misses: { ours: 0, strong: 2 } },
    { class: 'all', questions: 4, misses: { ours: 1, strong: 2 } },
  ])
})

test('judgeAims tells which aims are met, with the figure', () => {
  const beside = {
    comparisons: compareSystems([ours], [weak, strong]),
    misses: countMisses([ours, strong, weak]),
    rivals: ['strong', 'weak'],
  }
  expect(judgeAims(toRankingReport('ours', ours.searches), beside).map(({ figure, met }) => [figure, met])).toEqual([
    ['+0.250, 2 of 2 found', true],
    ['+0.500, 1 of 1 found', true],
    ['all', true],
    ['0.667', false],
  ])
})

describe('parseEvalSettings', () => {
  test('takes the handbook in halves, and other books whole', () => {
    expect(parseEvalSettings([])).toMatchObject({ halves: true, withModel: false })
    const other = parseEvalSettings(['--corpus', '/books', '--questions', '/q.json', '--with-model', '--json', '/out.json'])
    expect(other).toEqual({ corpus: '/books', questions: '/q.json', halves: false, withModel: true, jsonPath: '/out.json' })
  })

  test.each([[['--corpus', '/books']], [['--questions', '/q.json']], [['--unknown']]])('refuses %j', (args) => {
    expect(() => parseEvalSettings(args)).toThrow(/npm run eval -- /)
  })
})
