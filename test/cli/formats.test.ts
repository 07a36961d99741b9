import { describe, expect, test } from 'vitest'
import { formatPlace } from '../../src/cli/format-answer.js'
import { createProgressLine } from '../../src/cli/show-ingest.js'
import { wrapWords } from '../../src/cli/wrap-words.js'
import type { Citation } from '../../src/core/types/answer.js'

describe('wrapWords', () => {
  test('breaks between words only, keeps commands whole, and indents what follows', () => {
    const text = 'Install Ollama, start it with `ollama serve` and run `ollama pull gemma3`. See https://ollama.example/a/long/address now.'
    expect(wrapWords(text, 30, '  ').split('\n')).toEqual([
      'Install Ollama, start it with',
      '  `ollama serve` and run',
      '  `ollama pull gemma3`. See',
      '  https://ollama.example/a/long/address',
      '  now.',
    ])
    expect(wrapWords('short', 30)).toBe('short')
  })
})

describe('createProgressLine', () => {
  test('tells step, count, rate and what is left once a rate is known', () => {
    const lines: string[] = []
    let now = 0
    const show = createProgressLine(
      (line) => lines.push(line),
      () => now,
    )
    show({ step: 'load', done: 1, total: 4 })
    now = 10_000
    show({ step: 'embed', done: 0, total: 5000 })
    now = 20_000
    show({ step: 'embed', done: 1200, total: 5000 })
    now = 21_000
    show({ step: 'embed', done: 1201, total: 50_000 })
    show({ step: 'index', done: 0, total: 5000 })
    expect(lines).toEqual([
      'Reading 1 of 4 books',
      'Embedding 0 of 5,000 passages',
      'Embedding 1,200 of 5,000 passages, 120/s, 32 s left',
      'Embedding 1,201 of 50,000 passages, 109/s, 8 min left',
      'Indexing 0 of 5,000 passages',
    ])
  })
})

describe('formatPlace', () => {
  const citation: Citation = {
    n: 1,
    passageId: 'p',
    book: { id: 'b', title: 'Book' },
    file: 'b.md',
    headingPath: ['Chapter', 'Section'],
    startLine: 12,
    endLine: 31,
    startOffset: 0,
    endOffset: 1,
    quote: 'q',
    url: '/',
  }

  test.each([
    { place: citation, told: 'Book › Chapter › Section, lines 12–31' },
    { place: { ...citation, endLine: 12 }, told: 'Book › Chapter › Section, line 12' },
    { place: { ...citation, headingPath: [], page: 7 }, told: 'Book, page 7' },
  ])('reads $told', ({ place, told }) => {
    expect(formatPlace(place)).toBe(told)
  })
})
