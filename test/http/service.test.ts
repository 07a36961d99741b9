import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createLogger } from '../../src/app/logger.js'
import { createApp } from '../../src/http/create-app.js'
import { listen } from '../../src/http/listen.js'
import { createFakePilotbook } from '../helpers/fake-pilotbook.js'
import { serveFake } from '../helpers/serve-fake.js'

const pageDir = fileURLToPath(new URL('../../src/web/page', import.meta.url))

test('every reply carries the security headers and a request id, refusals and the page included', async () => {
  const { url } = await serveFake()
  for (const path of ['/', '/api/books', '/nothing', '/healthz']) {
    const { headers } = await fetch(url + path)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'self';/)
    expect(policy).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.get('x-powered-by')).toBeNull()
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  }
})

test('replies of the API are not kept by anybody and carry no ETag', async () => {
  const { url } = await serveFake()
  for (const path of ['/api/books', '/readyz', '/healthz', '/api/nothing']) {
    const { headers } = await fetch(url + path)
    expect([path, headers.get('etag'), headers.get('cache-control')]).toEqual([path, null, 'no-store'])
  }
})

test('a sensible request id is taken over and any other replaced', async () => {
  const { url } = await serveFake()
  const idFor = async (sent: string) => (await fetch(`${url}/healthz`, { headers: { 'x-request-id': sent } })).headers.get('x-request-id')
  expect(await idFor('trace-1.2:3_A')).toBe('trace-1.2:3_A')
  expect(await idFor('with "quotes"')).toMatch(/^[0-9a-f-]{36}$/)
  expect(await idFor('x'.repeat(65))).toMatch(/^[0-9a-f-]{36}$/)
})

test('each request writes one log line with its id, status and milliseconds, and never the question', async () => {
  const served = await serveFake()
  await (await served.post('/api/ask?secret=1', { question: 'my private question' }, { headers: { 'x-request-id': 'r-9' } })).text()
  await expect.poll(() => served.logged.length).toBe(1)
  expect(served.logged[0]).toMatchObject({
    level: 'info',
    step: 'http',
    requestId: 'r-9',
    method: 'POST',
    path: '/api/ask',
    status: 200,
    ms: expect.any(Number),
    questionLength: 19,
    answer: 'answered',
    retrieveMs: 3,
    citations: 1,
  })
  expect(JSON.stringify(served.logged)).not.toMatch(/private|secret/)
})

test('a refusal is logged with its code', async () => {
  const served = await serveFake()
  await (await served.post('/api/ask', { question: '' })).text()
  await expect.poll(() => served.logged).toMatchObject([{ status: 400, code: 'QUESTION_EMPTY' }])
})

test('a logger writes only what its level lets through', () => {
  const lines: string[] = []
  for (const level of ['silent', 'error', 'info', 'debug'] as const) {
    const logger = createLogger({ level, write: (line) => lines.push(line) })
    logger.error({ step: `${level}-error` })
    logger.info({ step: `${level}-info` })
    logger.debug({ step: `${level}-debug` })
  }
  expect(lines.map((line) => JSON.parse(line).step)).toEqual([
    'error-error',
    'info-error',
    'info-info',
    'debug-error',
    'debug-info',
    'debug-debug',
  ])
  expect(lines.every((line) => line.endsWith('}\n'))).toBe(true)
})

test('the page opens at its address and at those of citations, and warms the model once it is opened at the first', async () => {
  const served = await serveFake()
  for (const path of ['/', '/books/handbook/sections/client-and-daemon']) {
    const reply = await fetch(served.url + path)
    expect(reply.status).toBe(200)
    expect(reply.headers.get('content-type')).toMatch(/^text\/html/)
    expect(await reply.text()).toMatch(/^<!doctype html>/i)
  }
  await expect.poll(() => served.fake.calls).toEqual([{ name: 'warmUp' }])
})

test('a page request for a model that cannot be warmed succeeds and leaves a line in the log', async () => {
  const served = await serveFake({ failures: { warmUp: new Error('no Ollama') } })
  expect((await fetch(`${served.url}/`)).status).toBe(200)
  await expect.poll(() => served.logged.find((line) => line.level === 'error')).toMatchObject({ step: 'warm-up', code: 'INTERNAL' })
})

test('a taken port is refused with PORT_TAKEN', async () => {
  const blocker = createServer()
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve))
  const address = blocker.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const app = createApp({ pilotbook: createFakePilotbook(), logger: createLogger({ level: 'silent' }), pageDir })
  await expect(listen({ app, host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'PORT_TAKEN', details: { port } })
  await new Promise((resolve) => blocker.close(resolve))
})

test('an address of another machine is refused by name', async () => {
  const app = createApp({ pilotbook: createFakePilotbook(), logger: createLogger({ level: 'silent' }), pageDir })
  await expect(listen({ app, host: '192.0.2.1', port: 0 })).rejects.toMatchObject({ code: 'SETTING_INVALID', details: { name: 'HOST' } })
})

test('closing twice is the same as closing once, and frees the port', async () => {
  const served = await serveFake()
  await (await fetch(`${served.url}/healthz`)).text()
  await Promise.all([served.close(), served.close()])
  await expect(fetch(`${served.url}/healthz`)).rejects.toThrow()
})

test('a service on all addresses gives the address that this machine can open', async () => {
  const app = createApp({ pilotbook: createFakePilotbook(), logger: createLogger({ level: 'silent' }), pageDir })
  const listening = await listen({ app, host: '0.0.0.0', port: 0 })
  expect(listening.url).toBe(`http://localhost:${listening.port}`)
  await listening.close()
})
