import { expect, test } from 'vitest'
import { AppError } from '../../src/core/errors/app-error.js'
import { type FakeStep, fakeAnswer, fakeCitation, fakeSources, fakeSteps } from '../helpers/fake-pilotbook.js'
import { serveFake } from '../helpers/serve-fake.js'

const asEvents = { headers: { accept: 'text/event-stream' } }
const question = { question: 'How is a client different from a daemon?' }

test('the events arrive in order, each with one JSON object', async () => {
  const served = await serveFake()
  const reply = await served.post('/api/ask', question, asEvents)
  expect(reply.status).toBe(200)
  expect(reply.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(reply.headers.get('cache-control')).toBe('no-store')
  const events = parseEvents(await reply.text())
  expect(events.map((event) => event.name)).toEqual(['sources', 'delta', 'delta', 'citation', 'notice', 'done'])
  expect(events[0]?.data).toMatchObject({ confidence: 0.8, passages: [{ id: 'p-client' }] })
  expect(events[1]?.data).toEqual({ text: 'The **client** sends commands, ' })
  expect(events[3]?.data).toEqual(fakeCitation)
  expect(events[4]?.data).toEqual(fakeAnswer.notices[0])
  expect(events[5]?.data).toEqual(fakeAnswer)
})

test('line breaks in an answer stay inside the JSON of their event', async () => {
  const text = 'one\n\ndata: two\r\nevent: error\u2028'
  const served = await serveFake({ steps: [fakeSources, { kind: 'delta', text }, { kind: 'done', answer: fakeAnswer }] })
  const events = parseEvents(await (await served.post('/api/ask', question, asEvents)).text())
  expect(events[1]).toEqual({ name: 'delta', data: { text } })
})

test('what goes wrong before the first event is an ordinary problem with its own status', async () => {
  const error = new AppError('MODEL_NOT_PULLED', { url: 'http://localhost:11434', model: 'x', available: 'gemma3' })
  const served = await serveFake({ steps: [{ kind: 'fail', error }] })
  const reply = await served.post('/api/ask', question, asEvents)
  expect(reply.status).toBe(503)
  expect(await reply.json()).toMatchObject({ code: 'MODEL_NOT_PULLED', remedy: expect.stringContaining('ollama pull x') })
})

test('what goes wrong later is the last event, a problem of the same shape', async () => {
  const error = new AppError('OLLAMA_CUT', { url: 'http://localhost:11434', problem: 'socket closed' })
  const served = await serveFake({ steps: [fakeSources, { kind: 'delta', text: 'The' }, { kind: 'fail', error }] })
  const reply = await served.post('/api/ask', question, { headers: { ...asEvents.headers, 'x-request-id': 'r-1' } })
  expect(reply.status).toBe(200)
  const events = parseEvents(await reply.text())
  expect(events.map((event) => event.name)).toEqual(['sources', 'delta', 'error'])
  expect(Object.keys(events[2]?.data ?? {}).sort()).toEqual(
    ['type', 'title', 'status', 'code', 'detail', 'message', 'remedy', 'requestId'].sort(),
  )
  expect(events[2]?.data).toMatchObject({ status: 502, code: 'OLLAMA_CUT', requestId: 'r-1' })
  expect(served.logged.find((line) => line.level === 'error')).toMatchObject({ requestId: 'r-1', code: 'OLLAMA_CUT' })
})

test('an answer that stops without its last event ends in an error, never in silence', async () => {
  const served = await serveFake({ steps: [fakeSources, { kind: 'delta', text: 'The' }] })
  const events = parseEvents(await (await served.post('/api/ask', question, asEvents)).text())
  expect(events.at(-1)).toMatchObject({ name: 'error', data: { code: 'INTERNAL' } })
})

test('comment lines keep a silent stream open', async () => {
  const served = await serveFake({ steps: [fakeSources, { kind: 'hang' }] }, { limits: { heartbeatMs: 5 } })
  const stop = new AbortController()
  const reply = await served.post('/api/ask', question, { ...asEvents, signal: stop.signal })
  const text = await readUntil(reply, (seen) => seen.split(': still working\n\n').length > 3)
  expect(parseEvents(text).map((event) => event.name)).toEqual(['sources'])
  stop.abort()
})

const phases: readonly (readonly [phase: string, accept: string, steps: readonly FakeStep[]])[] = [
  ['before the first event of a stream', 'text/event-stream', [{ kind: 'hang' }]],
  ['between sources and the first words', 'text/event-stream', [fakeSources, { kind: 'hang' }]],
  ['in mid-answer', 'text/event-stream', [...fakeSteps.slice(0, 2), { kind: 'hang' }]],
  ['while the checks after the last word run', 'text/event-stream', [...fakeSteps.slice(0, 5), { kind: 'hang' }]],
  ['while a whole answer is made', 'application/json', [fakeSources, { kind: 'hang' }]],
]
test.for(phases)('closing the connection %s aborts the call', async ([, accept, steps]) => {
  const served = await serveFake({ steps })
  const stop = new AbortController()
  const asked = served.post('/api/ask', question, { headers: { accept }, signal: stop.signal })
  const ended = asked.then((reply) => reply.text()).catch((error: unknown) => error)
  await served.fake.hanging
  expect(served.fake.aborts).toEqual([])
  stop.abort()
  await expect.poll(() => served.fake.aborts).toMatchObject([{ code: 'INTERRUPTED' }])
  await ended
  await expect.poll(() => served.logged).toMatchObject([{ step: 'http', path: '/api/ask', status: 499, aborted: true }])
})

test('closing the connection aborts a search', async () => {
  const served = await serveFake({ steps: [{ kind: 'hang' }] })
  const stop = new AbortController()
  const asked = served.post('/api/search', question, { signal: stop.signal }).catch((error: unknown) => error)
  await served.fake.hanging
  stop.abort()
  await asked
  await expect.poll(() => served.fake.aborts).toMatchObject([{ code: 'INTERRUPTED' }])
})

test('an answer that was left in its first step runs its own clean-up', async () => {
  const served = await serveFake()
  let cleaned = false
  let begun = false
  served.fake.ask = async function* () {
    begun = true
    try {
      await new Promise((resolve) => setTimeout(resolve, 60))
      yield { kind: 'sources', passages: [], confidence: 1 }
    } finally {
      cleaned = true
    }
  }
  const leave = new AbortController()
  const asked = served.post('/api/ask', question, { ...asEvents, signal: leave.signal }).catch(() => undefined)
  await expect.poll(() => begun).toBe(true)
  leave.abort()
  await asked
  await expect.poll(() => cleaned).toBe(true)
})

test('a finished request aborts nothing', async () => {
  const signals: AbortSignal[] = []
  const served = await serveFake()
  const ask = served.fake.ask
  served.fake.ask = (request, options) => {
    if (options?.signal !== undefined) signals.push(options.signal)
    return ask(request, options)
  }
  await (await served.post('/api/ask', question, asEvents)).text()
  await expect.poll(() => served.logged.length).toBe(1)
  expect(signals.map((signal) => signal.aborted)).toEqual([false])
})

test('a client that reads slowly gets the whole answer', async () => {
  const words: FakeStep[] = Array.from({ length: 300 }, (_, index) => ({ kind: 'delta', text: `${index} `.repeat(2000) }))
  const served = await serveFake({ steps: [fakeSources, ...words, { kind: 'done', answer: fakeAnswer }] })
  const reply = await served.post('/api/ask', question, asEvents)
  await new Promise((resolve) => setTimeout(resolve, 50))
  const events = parseEvents(await reply.text())
  expect(events).toHaveLength(302)
  expect(events[300]?.data).toEqual({ text: '299 '.repeat(2000) })
})

test('stopping the service ends an open stream with an error event and cuts nobody off', async () => {
  const served = await serveFake({ steps: [fakeSources, { kind: 'hang' }] })
  const reply = await served.post('/api/ask', question, asEvents)
  await served.fake.hanging
  const [text] = await Promise.all([reply.text(), served.close()])
  expect(parseEvents(text).map((event) => [event.name, event.data.code])).toEqual([
    ['sources', undefined],
    ['error', 'SHUTTING_DOWN'],
  ])
  expect(served.fake.aborts).toMatchObject([{ code: 'SHUTTING_DOWN' }])
})

test('stopping the service answers a waiting request with 503', async () => {
  const served = await serveFake({ steps: [{ kind: 'hang' }] })
  const asked = served.post('/api/ask', question)
  await served.fake.hanging
  const [reply] = await Promise.all([asked, served.close()])
  expect(reply.status).toBe(503)
  expect(await reply.json()).toMatchObject({ code: 'SHUTTING_DOWN' })
})

interface SentEvent {
  readonly name: string
  readonly data: Record<string, unknown>
}

/** Independent of the page's parser on purpose. */
function parseEvents(text: string): readonly SentEvent[] {
  const blocks = text.split('\n\n').filter((block) => block !== '' && !block.startsWith(':'))
  return blocks.map((block) => {
    const [, name = '', data = ''] = /^event: (\w+)\ndata: (.*)$/s.exec(block) ?? []
    return { name, data: JSON.parse(data) as Record<string, unknown> }
  })
}

async function readUntil(reply: Response, isEnough: (seen: string) => boolean): Promise<string> {
  let seen = ''
  const decoder = new TextDecoder()
  for await (const bytes of reply.body ?? []) {
    seen += decoder.decode(bytes as Uint8Array, { stream: true })
    if (isEnough(seen)) break
  }
  return seen
}
