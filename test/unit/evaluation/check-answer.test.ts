import { describe, expect, test } from 'vitest'
import type { Answer, Citation } from '../../../src/core/types/answer.js'
import { checkAnswer } from '../../../src/evaluation/check-answer.js'
import { parseQuestions } from '../../../src/evaluation/golden-questions.js'
import { holdsLiteral, listLiterals } from '../../../src/evaluation/list-literals.js'
import { scoreAnswers } from '../../../src/evaluation/score-answers.js'
import { fakeAnswer, fakeCitation } from '../../helpers/fake-pilotbook.js'

const text = 'Ports. The flag `-p 8080:80` publishes one port.\nThe flag `-P` publishes all.\n'
const quote = 'The flag `-p 8080:80` publishes one port.'
const start = text.indexOf(quote)
const citation: Citation = {
  ...fakeCitation,
  file: 'ports.md',
  headingPath: ['Ports'],
  startOffset: start,
  endOffset: start + quote.length,
  quote,
}
const entry = { question: 'How do I publish a port?', sections: [{ file: 'ports.md', title: 'Ports' }], patterns: ['-p \\d+:\\d+'] }
const [question] = parseQuestions(JSON.stringify([entry]), 'a.json')
if (question === undefined) throw new Error('no question')

/** An answer of the sentences given, all citing the one citation unless told. */
function createAnswer(sentences: readonly string[], changes: Partial<Answer> = {}): Answer {
  const markdown = sentences.join(' ')
  let at = 0
  const ranges = sentences.map((sentence) => {
    const range = { start: at, end: at + sentence.length, support: 'supported', citations: [1] } as const
    at = range.end + 1
    return range
  })
  return { ...fakeAnswer, markdown, sentences: ranges, citations: [citation], ...changes }
}
const check = (answer: Answer) => checkAnswer(question, answer, (file) => (file === 'ports.md' ? text : undefined))

describe('checkAnswer', () => {
  test('finds nothing wrong with a quote at its place', () => {
    const one = { count: 1, of: 1 }
    expect(check(createAnswer([quote]))).toEqual({
      answered: one,
      validCitations: one,
      faithfulQuotes: one,
      quotedSentences: one,
      supportedLiterals: { count: 2, of: 2 },
      coveredSentences: one,
      matchedPatterns: one,
      citedAnswers: one,
    })
  })

  test('tells a right quote at a wrong place from a quote that is not in the book, and both from a file that is gone', () => {
    const moved = { ...citation, startOffset: start + 1 }
    const invented = { ...citation, n: 2, quote: 'The flag `-p` is gone.' }
    const lost = { ...citation, n: 3, file: 'gone.md' }
    expect(check(createAnswer([quote], { citations: [citation, moved, invented, lost] }))).toMatchObject({
      validCitations: { count: 1, of: 4 },
      faithfulQuotes: { count: 2, of: 4 },
      citedAnswers: { count: 3, of: 4 },
    })
  })

  test('judges words of a sentence only where quotes are promised, flags and ports everywhere', () => {
    const answer = createAnswer(['The flag `-p 8080:80` publishes one port.', 'Use `-P` with nginx:1.27 for port 8080.'])
    expect(check(answer)).toMatchObject({ quotedSentences: { count: 1, of: 2 }, supportedLiterals: { count: 3, of: 5 } })
    expect(check({ ...answer, aiModel: 'Gemma3' })).toMatchObject({ quotedSentences: { count: 0, of: 0 } })
  })

  test('counts a sentence as covered only with a citation that supports it', () => {
    const answer = createAnswer(['One.', 'Two.', 'Three.'])
    const [first, second, third] = answer.sentences
    if (first === undefined || second === undefined || third === undefined) throw new Error('no sentences')
    const sentences = [first, { ...second, support: 'weak' as const }, { ...third, citations: [] }]
    expect(check({ ...answer, sentences }).coveredSentences).toEqual({ count: 1, of: 3 })
  })

  test('counts a refusal as not answered and judges nothing else of it', () => {
    const refusal = check(createAnswer([quote], { kind: 'no-evidence' }))
    expect(refusal.answered).toEqual({ count: 0, of: 1 })
    expect(refusal.validCitations).toEqual({ count: 0, of: 0 })
  })
})

test('scoreAnswers adds up the answers that the books hold, and counts the others apart', () => {
  const answered = check(createAnswer([quote]))
  const refused = check(createAnswer([quote], { kind: 'no-evidence' }))
  const score = scoreAnswers([
    { isAnswerable: true, check: answered, ms: 4 },
    { isAnswerable: true, check: refused, ms: 2 },
    { isAnswerable: false, check: answered, ms: 3 },
    { isAnswerable: false, check: refused, ms: 1 },
  ])
  expect(score).toMatchObject({
    answered: { count: 1, of: 2 },
    validCitations: { count: 1, of: 1 },
    falseAnswers: { count: 1, of: 2 },
    latency: { mean: 2.5, max: 4 },
  })
})

describe('listLiterals', () => {
  test.each([
    ['run it with `--rm` and -it, not a well-known word', ['--rm', '-it']],
    ['mount ~/data or ./src on /var/lib/docker/volumes.', ['~/data', './src', '/var/lib/docker/volumes']],
    ['`-p 8080:80` and port 5432, in 2026', ['-p', '8080:80', '5432']],
    ['FROM nginx:1.27-alpine or ghcr.io/ana/shop-api:1.4.', ['nginx:1.27-alpine', 'ghcr.io/ana/shop-api:1.4']],
    ['see https://example.com/a and sha256:ab12, at 10:30.', ['10:30', 'sha256:ab12']],
    ['or both and/or neither: that is all', []],
  ])('of %j are %j', (words, literals) => {
    expect(listLiterals(words)).toEqual(literals)
  })

  test.each([
    ['`docker run -p 80:80`', '-p', true],
    ['`docker run --publish 80:80`', '-p', false],
    ['see /var/lib/docker.', '/var/lib', false],
    ['see /var/lib/docker.', '/var/lib/docker', true],
    ['nginx:1.27.2', 'nginx:1.27', false],
    ['-p 53:53/udp', '53:53', true],
  ])('in %j, %j stands as a whole: %s', (words, literal, stands) => {
    expect(holdsLiteral(words, literal)).toBe(stands)
  })
})
