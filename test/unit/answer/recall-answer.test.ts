import { describe, expect, test } from 'vitest'
import { startClock } from '../../../src/answer/clock.js'
import { recallAnswer } from '../../../src/answer/recall-answer.js'
import { AnswerCache } from '../../../src/app/answer-cache.js'
import { AppError } from '../../../src/core/errors/app-error.js'
import type { Answer, AnswerEvent, Notice } from '../../../src/core/types/answer.js'
import type { Question } from '../../../src/core/types/question.js'
import { fakeAnswer, fakeCitation, fakeSources } from '../../helpers/fake-pilotbook.js'

const today: Notice = { code: 'BOOK_CHANGED', text: 'A book changed.' }
const advice: Notice = { code: 'COMMAND_UNKNOWN', text: 'Docker knows no such flag.' }
const question: Question = { text: 'What is a client?', k: 6 }

function createSetting() {
  const memory = new AnswerCache().on({ generation: 'g', model: 'm', embedder: 'e', prompts: 'p' })
  let written = 0
  const ask = async (asked: Question, { notices = [today], own = [advice], fail = false, leaveAfter = 99 } = {}) => {
    const parts = { memory, notices, newId: () => `id-${written}` }
    async function* write(): AsyncGenerator<AnswerEvent> {
      written += 1
      yield fakeSources
      for (const notice of notices) yield { kind: 'notice', notice }
      yield { kind: 'delta', text: fakeAnswer.markdown }
      yield { kind: 'citation', citation: fakeCitation }
      for (const notice of own) yield { kind: 'notice', notice }
      if (fail) throw new AppError('OLLAMA_CUT', { url: 'u', problem: 'p' })
      yield { kind: 'done', answer: { ...fakeAnswer, notices: [...notices, ...own] } }
    }
    const events: AnswerEvent[] = []
    for await (const event of recallAnswer({ question: asked, parts, clock: startClock(() => 0) }, write)) {
      events.push(event)
      if (events.length >= leaveAfter) break
    }
    return events
  }
  return { ask, count: () => written }
}

const doneOf = (events: readonly AnswerEvent[]): Answer | undefined => events.flatMap((one) => (one.kind === 'done' ? [one.answer] : []))[0]

describe('recallAnswer', () => {
  test('streams a second time what it streamed the first time, without writing, and marks the answer as cached', async () => {
    const { ask, count } = createSetting()
    const first = await ask(question)
    const second = await ask(question)
    expect(count()).toBe(1)
    expect(second.slice(0, -1)).toEqual(first.slice(0, -1))
    expect(second.map(({ kind }) => kind)).toEqual(['sources', 'notice', 'delta', 'citation', 'notice', 'done'])
    expect(doneOf(first)).not.toHaveProperty('cached')
    const { id, ...rest } = doneOf(second) ?? fakeAnswer
    expect(rest).toMatchObject({ cached: true, markdown: fakeAnswer.markdown, citations: fakeAnswer.citations, notices: [today, advice] })
    expect(id).not.toBe(fakeAnswer.id)
  })

  test("tells today's notices, not those of the day when the answer was written", async () => {
    const { ask } = createSetting()
    await ask(question)
    const second = await ask(question, { notices: [] })
    expect(second.flatMap((event) => (event.kind === 'notice' ? [event.notice] : []))).toEqual([advice])
    expect(doneOf(second)?.notices).toEqual([advice])
  })

  test('shows what was asked when another follow-up leads to the same question', async () => {
    const { ask } = createSetting()
    await ask(question)
    const second = await ask({ ...question, asked: 'and what is it?' })
    expect(second[0]).toMatchObject({ kind: 'sources', standaloneQuestion: question.text })
    expect(doneOf(second)).toMatchObject({ cached: true, question: 'and what is it?', standaloneQuestion: question.text })
  })

  test('writes anew when it is told to, and gives that answer from then on', async () => {
    const { ask, count } = createSetting()
    await ask(question)
    const fresh = await ask({ ...question, fresh: true }, { own: [] })
    expect(doneOf(fresh)).not.toHaveProperty('cached')
    expect(doneOf(await ask(question))).toMatchObject({ cached: true, notices: [today] })
    expect(count()).toBe(2)
  })

  test('never keeps an answer that failed, was left early, was cut or found no support', async () => {
    const { ask, count } = createSetting()
    await expect(ask(question, { fail: true })).rejects.toMatchObject({ code: 'OLLAMA_CUT' })
    await ask(question, { leaveAfter: 4 })
    await ask(question, { own: [{ code: 'ANSWER_INCOMPLETE', text: 'cut' }] })
    await ask(question, { own: [{ code: 'ANSWER_UNSUPPORTED', text: 'nothing' }] })
    expect(doneOf(await ask(question))).not.toHaveProperty('cached')
    expect(count()).toBe(5)
  })
})
