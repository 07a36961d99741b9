import { expect, test } from 'vitest'
import { fakeAnswer } from '../helpers/fake-pilotbook.js'
import { serveFake } from '../helpers/serve-fake.js'

test('"fresh" is handed on, and an answer that was given before says so', async () => {
  const served = await serveFake({ steps: [{ kind: 'done', answer: { ...fakeAnswer, cached: true } }] })
  const reply = await served.post('/api/ask', { question: 'What?', fresh: true })
  expect(await reply.json()).toMatchObject({ cached: true })
  expect(served.fake.calls.at(-1)?.request).toEqual({ question: 'What?', fresh: true })
  const wrong = await served.post('/api/ask', { question: 'What?', fresh: 'yes' })
  expect(wrong.status).toBe(400)
  expect(await wrong.json()).toMatchObject({ code: 'REQUEST_INVALID', detail: expect.stringContaining('fresh must be true or false') })
})
