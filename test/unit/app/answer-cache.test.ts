import { describe, expect, test } from 'vitest'
import type { RememberedAnswer } from '../../../src/answer/recall-answer.js'
import { AnswerCache, type AnswerGround } from '../../../src/app/answer-cache.js'
import type { Question } from '../../../src/core/types/question.js'
import { fakeAnswer, fakeSources } from '../../helpers/fake-pilotbook.js'

const ground: AnswerGround = { generation: 'g-1', model: 'gemma3:latest', embedder: 'none', prompts: 'hash' }
const question: Question = { text: 'What is a volume?', k: 6 }
const remember = (markdown: string): RememberedAnswer => ({ events: [fakeSources], answer: { ...fakeAnswer, markdown } })

describe('AnswerCache', () => {
  test('gives back what was kept for the same question, whatever the order of books and the spaces between words', () => {
    const memory = new AnswerCache().on(ground)
    memory.keep({ ...question, books: ['a', 'b'], without: new Set(['asks', 'titles']) }, remember('kept'))
    const again: Question = { k: 6, text: ' What is  a volume?', books: ['b', 'a'], without: new Set(['titles', 'asks']) }
    expect(memory.recall(again)?.answer.markdown).toBe('kept')
  })

  const others: readonly (readonly [name: string, question: Question, ground: AnswerGround])[] = [
    ['question', { ...question, text: 'What is a network?' }, ground],
    ['capital', { ...question, text: 'what is a volume?' }, ground],
    ['book', { ...question, books: ['a'] }, ground],
    ['year', { ...question, years: { from: 2016, to: 2017 } }, ground],
    ['number of passages', { ...question, k: 5 }, ground],
    ['wish for each book', { ...question, eachBook: true }, ground],
    ['part of retrieval left out', { ...question, without: new Set(['asks']) }, ground],
    ['generation of the index', question, { ...ground, generation: 'g-2' }],
    ['chat model', question, { ...ground, model: 'gemma3:12b' }],
    ['embedder', question, { ...ground, embedder: 'minilm' }],
    ['prompt', question, { ...ground, prompts: 'other' }],
  ]
  test.each(others)('knows nothing of another %s', (_, asked, on) => {
    const cache = new AnswerCache()
    cache.on(ground).keep(question, remember('kept'))
    expect(cache.on(on).recall(asked)).toBeUndefined()
  })

  test('drops the answer that was not used for longest when there are too many', () => {
    const memory = new AnswerCache({ entries: 2, bytes: 1_000_000 }).on(ground)
    const ask = (text: string): Question => ({ ...question, text })
    memory.keep(ask('one'), remember('1'))
    memory.keep(ask('two'), remember('2'))
    memory.recall(ask('one'))
    memory.keep(ask('three'), remember('3'))
    expect(['one', 'two', 'three'].map((text) => memory.recall(ask(text))?.answer.markdown)).toEqual(['1', undefined, '3'])
  })

  test('never holds more bytes than allowed, and not at all what is larger than that', () => {
    const limit = 20_000
    const cache = new AnswerCache({ entries: 1000, bytes: limit })
    const memory = cache.on(ground)
    for (let number = 0; number < 50; number++) {
      memory.keep({ ...question, text: `question ${number}` }, remember('x'.repeat(number * 40)))
      expect(cache.size.bytes).toBeLessThanOrEqual(limit)
    }
    expect(cache.size.entries).toBeGreaterThan(1)
    memory.keep(question, remember('x'.repeat(limit)))
    expect(memory.recall(question)).toBeUndefined()
    expect(cache.size.entries).toBeGreaterThan(1)
  })

  test('counts an answer that is kept anew once', () => {
    const cache = new AnswerCache()
    const memory = cache.on(ground)
    memory.keep(question, remember('first'))
    const { bytes } = cache.size
    memory.keep(question, remember('other'))
    expect(cache.size).toEqual({ entries: 1, bytes })
    expect(memory.recall(question)?.answer.markdown).toBe('other')
  })
})
