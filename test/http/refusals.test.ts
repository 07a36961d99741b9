import { request as httpRequest } from 'node:http'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { serveFake } from '../helpers/serve-fake.js'

const refusals: readonly (readonly [title: string, body: unknown, status: number, code: string, hint: RegExp])[] = [
  ['broken JSON', '{"question": ', 400, 'REQUEST_NOT_JSON', /valid JSON/],
  ['an empty body', '', 400, 'REQUEST_NOT_JSON', /empty/],
  ['a list', [], 400, 'REQUEST_INVALID', /one JSON object/],
  ['a bare null', 'null', 400, 'REQUEST_INVALID', /one JSON object/],
  ['no question', {}, 400, 'REQUEST_INVALID', /question is missing/],
  ['a question that is a number', { question: 7 }, 400, 'REQUEST_INVALID', /question must be a text/],
  ['a question of blanks', { question: ' \n\t ' }, 400, 'QUESTION_EMPTY', /no words/],
  ['a question of control characters', { question: '\u0000\u0007\u001b' }, 400, 'QUESTION_EMPTY', /no words/],
  ['a question above 100,000 characters', { question: 'a'.repeat(100_001) }, 413, 'QUESTION_TOO_LONG', /100001 .* 100000/],
  ['an unknown member', { question: 'a', topK: 3 }, 400, 'REQUEST_INVALID', /"topK" is not one of question, k, books/],
  ['a member named like one of every object', { question: 'a', constructor: 1 }, 400, 'REQUEST_INVALID', /"constructor"/],
  ['a member named __proto__', '{"question":"a","__proto__":{"k":1}}', 400, 'REQUEST_INVALID', /"__proto__"/],
  ['k of 0', { question: 'a', k: 0 }, 400, 'REQUEST_INVALID', /k must be a whole number from 1 to 500/],
  ['k of 501', { question: 'a', k: 501 }, 400, 'REQUEST_INVALID', /from 1 to 500/],
  ['k of 1.5', { question: 'a', k: 1.5 }, 400, 'REQUEST_INVALID', /from 1 to 500/],
  ['k as a text', { question: 'a', k: '5' }, 400, 'REQUEST_INVALID', /from 1 to 500/],
  ['books that are no list', { question: 'a', books: 'handbook' }, 400, 'REQUEST_INVALID', /books must be a list/],
  ['an empty list of books', { question: 'a', books: [] }, 400, 'REQUEST_INVALID', /books must be a list/],
  [
    'an unknown part to leave out',
    { question: 'a', without: ['magic'] },
    400,
    'REQUEST_INVALID',
    /concepts, asks, titles, neighbours, spelling, meaning/,
  ],
  [
    'parts to leave out as a text',
    { question: 'a', without: 'concepts' },
    400,
    'REQUEST_INVALID',
    /without must be a list of parts of retrieval: concepts/,
  ],
  ['eachBook as a text', { question: 'a', eachBook: 'yes' }, 400, 'REQUEST_INVALID', /eachBook must be true or false/],
  ['a book that is a number', { question: 'a', books: [1] }, 400, 'REQUEST_INVALID', /a book must be a text/],
]

for (const path of ['/api/ask', '/api/search']) {
  test.for(refusals)(`${path} refuses %s`, async ([, body, status, code, hint]) => {
    const served = await serveFake()
    const reply = await served.post(path, body)
    const problem = await reply.json()
    expect(problem).toMatchObject({ status, code, message: expect.stringMatching(hint), remedy: expect.stringMatching(/./) })
    expect(reply.status).toBe(status)
    expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(served.fake.calls).toEqual([])
  })
}

test('a refusal has every member of a problem document', async () => {
  const served = await serveFake()
  const reply = await served.post('/api/ask', { question: '' }, { headers: { 'x-request-id': 'mine-1' } })
  expect(await reply.json()).toEqual({
    type: 'urn:pilotbook:problem:question-empty',
    title: 'Question empty',
    status: 400,
    code: 'QUESTION_EMPTY',
    detail: 'The question has no words in it.',
    message: 'The question has no words in it.',
    remedy: 'Ask a question, such as "What is a Docker image?".',
    requestId: 'mine-1',
  })
})

test('a stream is refused like any other request, before its first byte', async () => {
  const served = await serveFake()
  const reply = await served.post('/api/ask', { question: '' }, { headers: { accept: 'text/event-stream' } })
  expect(reply.status).toBe(400)
  expect(await reply.json()).toMatchObject({ code: 'QUESTION_EMPTY' })
})

test('a model name is refused by search, which has no use for it', async () => {
  const served = await serveFake()
  expect((await served.post('/api/search', { question: 'a', model: 'gemma3' })).status).toBe(400)
})

test('explain is refused by ask, whose answer tells its passages anyway, and must be true or false for search', async () => {
  const served = await serveFake()
  const asked = await served.post('/api/ask', { question: 'a', explain: true })
  expect(await asked.json()).toMatchObject({ status: 400, message: expect.stringContaining('"explain" is not one of question') })
  const searched = await served.post('/api/search', { question: 'a', explain: 1 })
  expect(await searched.json()).toMatchObject({ status: 400, message: expect.stringContaining('explain must be true or false') })
  expect(served.fake.calls).toEqual([])
})

test('control characters and half characters inside a question are replaced', async () => {
  const served = await serveFake()
  await served.post('/api/ask', { question: 'What\u0000is\u001b[31m a\nvolume\ud800?' })
  expect(served.fake.calls[0]?.request?.question).toBe('What is [31m a\nvolume\ufffd?')
})

test.for([['text/plain'], ['application/jsonp'], ['application/x-www-form-urlencoded'], ['application/json; charset=latin1']])(
  'a body of type %s is refused with 415',
  async ([type = '']) => {
    const served = await serveFake()
    const reply = await served.post('/api/ask', { question: 'a' }, { headers: { 'content-type': type } })
    expect(reply.status).toBe(415)
    expect(await reply.json()).toMatchObject({ code: 'REQUEST_WRONG_TYPE', message: expect.stringContaining(type) })
  },
)

test('a body above the limit is refused with 413, unpacked size counting', async () => {
  const served = await serveFake({}, { limits: { maxBodyBytes: 1000 } })
  const body = JSON.stringify({ question: 'a'.repeat(2000) })
  const plain = await served.post('/api/ask', body)
  expect(plain.status).toBe(413)
  expect(await plain.json()).toMatchObject({ code: 'REQUEST_TOO_LARGE', message: expect.stringContaining('1000 bytes') })
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
  const packed = await fetch(`${served.url}/api/ask`, { method: 'POST', headers, body: gzipSync(body) })
  expect(packed.status).toBe(413)
})

test.for([
  ['GET', '/api/ask', 'POST'],
  ['DELETE', '/api/books', 'GET, HEAD'],
  ['PUT', '/', 'GET, HEAD'],
  ['POST', '/readyz', 'GET, HEAD'],
] as const)('%s %s is refused with 405 and the methods allowed', async ([method, path, allow]) => {
  const { url } = await serveFake()
  const reply = await fetch(url + path, { method })
  expect(reply.status).toBe(405)
  expect(reply.headers.get('allow')).toBe(allow)
  expect(await reply.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' })
})

test('a preflight of another site gets no permission', async () => {
  const { url } = await serveFake()
  const reply = await fetch(`${url}/api/ask`, { method: 'OPTIONS', headers: { origin: 'http://evil.example' } })
  expect(reply.status).toBe(204)
  expect([...reply.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
})

test.for([
  ['evil.example', 403],
  ['evil.example:3000', 403],
  ['localhost.evil.example', 403],
  ['evil@localhost', 403],
  ['localhost:3000', 200],
  ['LOCALHOST', 200],
  ['page.localhost', 200],
  ['127.0.0.1:80', 200],
  ['192.168.0.7', 200],
  ['[::1]:3000', 200],
  ['dock.lan:3000', 200],
] as const)('a request for host %s ends with %i', async ([host, status]) => {
  const { port } = await serveFake({}, { allowedHosts: ['Dock.lan'] })
  expect((await send(port, 'GET', { host })).status).toBe(status)
})

test('a refused host is told as a problem and never reaches the library', async () => {
  const served = await serveFake()
  const { status, body } = await send(served.port, 'GET', { host: 'evil.example' })
  expect([status, JSON.parse(body)]).toMatchObject([403, { code: 'HOST_REFUSED', message: expect.stringContaining('evil.example') }])
  expect(served.fake.calls).toEqual([])
})

test.for([
  [{ origin: 'http://evil.example' }, 403],
  [{ origin: 'null' }, 403],
  [{ origin: 'http://localhost:1' }, 403],
  [{ origin: 'file://localhost' }, 403],
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{ 'sec-fetch-site': 'same-origin' }, 415],
  [{ origin: 'http://localhost:3000' }, 415],
  [{}, 415],
] as const)('a POST with %j ends with %i', async ([headers, status]) => {
  const { port } = await serveFake()
  const reply = await send(port, 'POST', { host: 'localhost:3000', ...headers })
  expect(reply.status).toBe(status)
  expect(JSON.parse(reply.body).code).toBe(status === 403 ? 'ORIGIN_REFUSED' : 'REQUEST_WRONG_TYPE')
})

/** A request with headers that fetch does not let us choose. A POST has no body, so one let through ends with 415. */
function send(port: number, method: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const path = method === 'GET' ? '/readyz' : '/api/ask'
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (reply) => {
      let body = ''
      reply.setEncoding('utf8').on('data', (piece: string) => {
        body += piece
      })
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, body }))
    })
    request.on('error', reject).end()
  })
}
