import { describe, expect, test } from 'vitest'
import { addStrictRow, isStrictParaphrase, strictParaphrases, tellStrictParaphrases } from '../../../../src/dev/eval/strict-paraphrases.js'
import { toRankingReport } from '../../../../src/evaluation/eval-report.js'
import { parseQuestions } from '../../../../src/evaluation/golden-questions.js'

const sections = [
  { file: 'a.md', title: 'Volumes that outlive a container' },
  { file: 'b.md', title: 'The `--rm` flag' },
]
const questions = parseQuestions(
  JSON.stringify([
    { class: 'paraphrase', question: 'Where does my data go when the box is gone?', sections },
    { class: 'paraphrase', question: 'What is left of containers?', sections },
    { class: 'paraphrase', question: 'What does --rm clean up?', sections },
    { class: 'paraphrase', question: 'And that?', before: 'What is left?', standalone: 'Does a volume stay?', sections },
    { class: 'flag', question: 'Where does my data go?', sections },
  ]),
  'a.json',
)

describe('strict paraphrases', () => {
  test('share no stem with a heading of their sections, containers not excepted, as they are asked', () => {
    expect(questions.map(isStrictParaphrase)).toEqual([true, false, false, false, false])
    expect(tellStrictParaphrases(questions)).toEqual([expect.stringContaining('are the 1 of 4 paraphrases')])
    expect(tellStrictParaphrases(questions.slice(4))).toEqual([])
  })

  test('have a row below their class, which counts them still', () => {
    const searches = questions.map((question, at) => ({ question, ranks: at === 0 ? [] : [1], ms: 1 }))
    const report = addStrictRow(toRankingReport('ours', searches), searches)
    expect(report.classes.map(({ class: name, questions: count, hitAt1 }) => [name, count, hitAt1])).toEqual([
      ['flag', 1, 1],
      ['paraphrase', 4, 0.75],
      [strictParaphrases, 1, 0],
      ['all', 5, 0.8],
    ])
    expect(addStrictRow(report, searches.slice(1))).toBe(report)
  })
})
