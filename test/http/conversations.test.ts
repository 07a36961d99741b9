import { expect, test } from 'vitest'
import { openApiDocument } from '../../src/http/open-api/open-api-document.js'
import { fakeAnswer } from '../helpers/fake-pilotbook.js'
import { type ServedFake, serveFake } from '../helpers/serve-fake.js'

const address = '/api/conversations'
const json = { 'content-type': 'application/json' }

async function begin(served: ServedFake, title?: string): Promise<string> {
  const reply = await served.post(address, title === undefined ? {} : { title })
  const { id }: { id: string } = await reply.json()
  return id
}

test('a conversation is begun, listed, read, renamed and deleted', async () => {
  const served = await serveFake()
  const created = await served.post(address, { title: ' Volumes ' })
  expect(created.status).toBe(201)
  const { id, ...rest } = await created.json()
  expect(rest).toMatchObject({ title: 'Volumes', turnCount: 0 })
  expect(created.headers.get('location')).toBe(`${address}/${id}`)
  await served.fake.conversations.addTurn(id, fakeAnswer)

  const one = await fetch(`${served.url}${address}/${id}`)
  expect(one.headers.get('cache-control')).toBe('no-store')
  expect(await one.json()).toMatchObject({ id, turns: [{ position: 1, question: fakeAnswer.question, answer: fakeAnswer }] })

  const renamed = await fetch(`${served.url}${address}/${id}`, { method: 'PATCH', headers: json, body: '{"title": "Data"}' })
  expect([renamed.status, await renamed.json()]).toMatchObject([200, { id, title: 'Data', turnCount: 1 }])

  const gone = await fetch(`${served.url}${address}/${id}`, { method: 'DELETE' })
  expect([gone.status, await gone.text()]).toEqual([204, ''])
  expect(await (await fetch(served.url + address)).json()).toEqual({ conversations: [] })
})

test('conversations are searched by words and cut to a limit', async () => {
  const served = await serveFake()
  for (const title of ['Volumes and data', 'Networks', 'More volumes']) await begin(served, title)
  const list = async (query: string) => {
    const { conversations } = await (await fetch(`${served.url}${address}?${query}`)).json()
    return conversations.map(({ title }: { title: string }) => title)
  }
  expect(await list('search=volumes')).toEqual(['More volumes', 'Volumes and data'])
  expect(await list('search=volumes%20data&limit=5')).toEqual(['Volumes and data'])
  expect(await list('limit=1')).toEqual(['More volumes'])
})

test('a question carries its conversation to the library', async () => {
  const served = await serveFake()
  await served.post('/api/ask', { question: 'And the daemon?', conversationId: 'c-1' })
  expect(served.fake.calls[0]?.request).toEqual({ question: 'And the daemon?', conversationId: 'c-1' })
})

test('a stream tells with its sources how a follow-up was asked of the books', async () => {
  const standaloneQuestion = 'What is the daemon?'
  const served = await serveFake({
    steps: [
      { kind: 'sources', standaloneQuestion, passages: [], confidence: 1 },
      { kind: 'done', answer: { ...fakeAnswer, standaloneQuestion } },
    ],
  })
  const reply = await served.post(
    '/api/ask',
    { question: 'What is it?', conversationId: 'c-1' },
    { headers: { accept: 'text/event-stream' } },
  )
  const text = await reply.text()
  expect(text).toContain(`event: sources\ndata: {"standaloneQuestion":"${standaloneQuestion}",`)
  expect(text).toMatch(/event: done\ndata: .*"standaloneQuestion":"What is the daemon\?"/)
})

test.for([
  ['GET', '/none', undefined, 404, 'CONVERSATION_UNKNOWN'],
  ['DELETE', '/none', undefined, 404, 'CONVERSATION_UNKNOWN'],
  ['PATCH', '/none', '{"title": "a"}', 404, 'CONVERSATION_UNKNOWN'],
  ['PATCH', '/none', '{"title": "  "}', 400, 'REQUEST_INVALID'],
  ['PATCH', '/none', '{}', 400, 'REQUEST_INVALID'],
  ['PATCH', '/none', `{"title": "${'x'.repeat(1001)}"}`, 400, 'REQUEST_INVALID'],
  ['POST', '', '{"name": "a"}', 400, 'REQUEST_INVALID'],
  ['POST', '', '[]', 400, 'REQUEST_INVALID'],
  ['POST', '', '', 400, 'REQUEST_NOT_JSON'],
  ['GET', '?limit=0', undefined, 400, 'REQUEST_INVALID'],
  ['GET', '?limit=many', undefined, 400, 'REQUEST_INVALID'],
  ['GET', '?search=a&search=b', undefined, 400, 'REQUEST_INVALID'],
  ['GET', '?order=title', undefined, 400, 'REQUEST_INVALID'],
  ['PUT', '/none', '{}', 405, 'METHOD_NOT_ALLOWED'],
] as const)('%s %s with the body %s is refused with %i and %s', async ([method, path, body, status, code]) => {
  const { url } = await serveFake()
  const reply = await fetch(`${url}${address}${path}`, { method, headers: json, ...(body === undefined ? {} : { body }) })
  expect(reply.status).toBe(status)
  expect(await reply.json()).toMatchObject({ code })
})

test('a page of another site can neither delete nor rename', async () => {
  const served = await serveFake()
  const id = await begin(served, 'mine')
  for (const method of ['DELETE', 'PATCH']) {
    const reply = await fetch(`${served.url}${address}/${id}`, {
      method,
      headers: { ...json, origin: 'https://elsewhere.example' },
      ...(method === 'PATCH' ? { body: '{"title": "yours"}' } : {}),
    })
    expect(reply.status).toBe(403)
  }
  expect(await served.fake.conversations.get(id)).toMatchObject({ title: 'mine' })
})

test('what the conversations reply has just the members that openapi.json tells', async () => {
  const served = await serveFake()
  const id = await begin(served)
  await served.fake.conversations.addTurn(id, fakeAnswer)
  const schemas: Record<string, unknown> = openApiDocument.components.schemas
  const replies = {
    Conversation: await (await fetch(`${served.url}${address}/${id}`)).json(),
    ConversationSummary: (await (await fetch(served.url + address)).json()).conversations[0],
  }
  for (const [name, reply] of Object.entries(replies)) {
    expect(Object.keys(reply).sort()).toEqual([...(schemas[name] as { required: string[] }).required].sort())
  }
  expect(Object.keys(replies.Conversation.turns[0]).sort()).toEqual([...(schemas.Turn as { required: string[] }).required].sort())
})
