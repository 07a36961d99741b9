import { expect, test } from 'vitest'
import { createLogger } from '../../src/app/logger.js'
import { AppError } from '../../src/core/errors/app-error.js'
import { openApiDocument } from '../../src/http/open-api/open-api-document.js'
import { createRoutes } from '../../src/http/routes/create-routes.js'
import { defaultLimits } from '../../src/http/routes/route.js'
import { createFakePilotbook, fakeAnswer, fakeSectionText } from '../helpers/fake-pilotbook.js'
import { serveFake } from '../helpers/serve-fake.js'

test('asking without an Accept header brings the whole answer as JSON', async () => {
  const served = await serveFake()
  const reply = await served.post('/api/ask', { question: '  What is a daemon? ', k: 5, books: ['handbook'], model: 'gemma3' })
  expect(reply.status).toBe(200)
  expect(reply.headers.get('content-type')).toMatch(/^application\/json/)
  expect(await reply.json()).toEqual(fakeAnswer)
  expect(served.fake.calls[0]?.request).toEqual({ question: 'What is a daemon?', k: 5, books: ['handbook'], model: 'gemma3' })
})

test('a question that the books do not answer is a result with status 200', async () => {
  const refused = { ...fakeAnswer, kind: 'no-evidence' as const }
  const served = await serveFake({ steps: [{ kind: 'done', answer: refused }] })
  const reply = await served.post('/api/ask', { question: 'Who won the cup?' })
  expect(reply.status).toBe(200)
  expect(await reply.json()).toMatchObject({ kind: 'no-evidence' })
})

test('a conversation id is accepted', async () => {
  const served = await serveFake()
  expect((await served.post('/api/ask', { question: 'What?', conversationId: 'c-1' })).status).toBe(200)
})

test('searching brings the passages with their scores', async () => {
  const served = await serveFake()
  const reply = await served.post('/api/search', { question: 'daemon', k: 500 })
  expect(reply.status).toBe(200)
  expect(await reply.json()).toMatchObject({ answerable: true, passages: [{ rank: 1, text: fakeSectionText }] })
  expect(served.fake.calls).toEqual([{ name: 'search', request: { question: 'daemon', k: 500 } }])
})

test('books, one book and one section are served', async () => {
  const { url } = await serveFake()
  expect(await (await fetch(`${url}/api/books`)).json()).toMatchObject({ books: [{ id: 'handbook', sections: 1 }] })
  expect(await (await fetch(`${url}/api/books/handbook`)).json()).toMatchObject({ sections: [{ id: 'client-and-daemon' }] })
  const section = await fetch(`${url}/api/books/handbook/sections/client-and-daemon`)
  expect(await section.json()).toMatchObject({ text: fakeSectionText, startOffset: 1200 })
})

test('ids that need encoding in an address arrive decoded', async () => {
  const served = await serveFake()
  const reply = await fetch(`${served.url}/api/books/${encodeURIComponent('Docker – Up & Running/1')}`)
  expect(reply.status).toBe(404)
  expect(await reply.json()).toMatchObject({ code: 'BOOK_UNKNOWN', message: expect.stringContaining('"Docker – Up & Running/1"') })
})

test.for([
  ['/api/books/none', 'BOOK_UNKNOWN'],
  ['/api/books/none/sections/x', 'BOOK_UNKNOWN'],
  ['/api/books/handbook/sections/none', 'SECTION_UNKNOWN'],
  ['/api/nothing', 'NOT_FOUND'],
  ['/client/none.js', 'NOT_FOUND'],
  ['/..%2f..%2fpackage.json', 'NOT_FOUND'],
] as const)('%s is a 404 with code %s', async ([path, code]) => {
  const { url } = await serveFake()
  const reply = await fetch(url + path)
  expect(reply.status).toBe(404)
  expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(await reply.json()).toMatchObject({ code, status: 404 })
})

test('an address that cannot be decoded is the caller’s fault', async () => {
  const { url } = await serveFake()
  const reply = await fetch(`${url}/api/books/%E0%A4%A`)
  expect(reply.status).toBe(400)
  expect(await reply.json()).toMatchObject({ code: 'REQUEST_INVALID' })
})

test('healthz tells that the process lives even when every part has failed', async () => {
  const { url } = await serveFake({ failures: { status: new Error('broken') } })
  const reply = await fetch(`${url}/healthz`)
  expect([reply.status, await reply.json()]).toEqual([200, { live: true }])
})

test('readyz is 200 without Ollama and lists what is degraded', async () => {
  const { url } = await serveFake()
  const reply = await fetch(`${url}/readyz`)
  expect(reply.status).toBe(200)
  expect(await reply.json()).toMatchObject({
    ready: true,
    parts: [{}, { part: 'embedder', state: 'degraded' }, { part: 'generator', state: 'degraded', remedy: expect.any(String) }],
  })
})

test('readyz is 503 with the same list when a part has failed', async () => {
  const { url } = await serveFake({ status: [{ part: 'index', state: 'failed', text: 'No index.', remedy: 'Run `pilotbook ingest`.' }] })
  const reply = await fetch(`${url}/readyz`)
  expect(reply.status).toBe(503)
  expect(await reply.json()).toEqual({
    ready: false,
    parts: [{ part: 'index', state: 'failed', text: 'No index.', remedy: 'Run `pilotbook ingest`.' }],
  })
})

test('a failure of the library keeps its code, remedy and status, and says when to come again', async () => {
  const { url } = await serveFake({
    failures: { books: new AppError('NOT_INGESTED', { path: 'index' }), book: new AppError('SHUTTING_DOWN') },
  })
  const reply = await fetch(`${url}/api/books`)
  expect(reply.status).toBe(503)
  expect(await reply.json()).toMatchObject({ code: 'NOT_INGESTED', remedy: 'Run `pilotbook ingest`.' })
  expect(reply.headers.get('retry-after')).toBeNull()
  expect((await fetch(`${url}/api/books/handbook`)).headers.get('retry-after')).toBe('5')
})

test('a fault inside is logged with its stack and told to the client without its message', async () => {
  const served = await serveFake({ failures: { books: new Error('secret detail') } })
  const reply = await fetch(`${served.url}/api/books`, { headers: { 'x-request-id': 'r-7' } })
  expect(reply.status).toBe(500)
  const body = await reply.text()
  expect(body).not.toContain('secret detail')
  expect(JSON.parse(body)).toMatchObject({ code: 'INTERNAL', requestId: 'r-7' })
  const error = served.logged.find((line) => line.level === 'error')
  expect(error).toMatchObject({ requestId: 'r-7', code: 'INTERNAL', stack: expect.stringContaining('secret detail') })
})

test('openapi.json describes exactly the routes of the API', async () => {
  const { url } = await serveFake()
  const served = JSON.parse(await (await fetch(`${url}/openapi.json`)).text())
  expect(served).toEqual(JSON.parse(JSON.stringify(openApiDocument)))
  const logger = createLogger({ level: 'silent' })
  const routes = createRoutes({ pilotbook: createFakePilotbook(), logger, limits: defaultLimits })
  const built = routes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
  const described = Object.entries(openApiDocument.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  expect(described.sort()).toEqual(built.sort())
})

test('every reference in openapi.json leads to a schema and every schema is used', () => {
  const written = JSON.stringify(openApiDocument)
  const used = new Set([...written.matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1]))
  expect([...used].sort()).toEqual(Object.keys(openApiDocument.components.schemas).sort())
})

test('what the routes reply has just the members that openapi.json tells', async () => {
  const served = await serveFake()
  const replies: Record<string, unknown> = {
    Answer: await (await served.post('/api/ask', { question: 'What?' })).json(),
    SearchResult: await (await served.post('/api/search', { question: 'What?', explain: true })).json(),
    BookList: await (await fetch(`${served.url}/api/books`)).json(),
    Book: await (await fetch(`${served.url}/api/books/handbook`)).json(),
    Section: await (await fetch(`${served.url}/api/books/handbook/sections/client-and-daemon`)).json(),
    Liveness: await (await fetch(`${served.url}/healthz`)).json(),
    Readiness: await (await fetch(`${served.url}/readyz`)).json(),
    Problem: await (await fetch(`${served.url}/nothing`)).json(),
  }
  for (const [name, reply] of Object.entries(replies)) checkMembers(reply, { $ref: `#/components/schemas/${name}` }, name)
})

/** Compares members only: every one described, every required one there, down to the leaves. */
function checkMembers(value: unknown, described: unknown, at: string): void {
  const schema = resolve(described)
  if (Array.isArray(value)) for (const item of value) checkMembers(item, schema.items, `${at}[]`)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  const properties = (schema.properties ?? {}) as Record<string, unknown>
  const missing = ((schema.required ?? []) as string[]).filter((name) => !(name in value))
  expect(missing, `${at} lacks`).toEqual([])
  for (const [name, member] of Object.entries(value)) {
    expect(Object.keys(properties), `${at}.${name}`).toContain(name)
    checkMembers(member, properties[name], `${at}.${name}`)
  }
}

function resolve(described: unknown): Record<string, unknown> {
  const schema = described as Record<string, unknown>
  if (typeof schema.$ref !== 'string') return schema
  const schemas: Record<string, unknown> = openApiDocument.components.schemas
  return schemas[schema.$ref.replace('#/components/schemas/', '')] as Record<string, unknown>
}
