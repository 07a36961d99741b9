import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { longestQuestion } from '../../../../src/app/check-request.js'
import { loadConfig } from '../../../../src/app/config/load-config.js'
import { createPilotbook } from '../../../../src/app/create-pilotbook.js'
import type { Pilotbook, SearchResult } from '../../../../src/app/pilotbook.js'
import { runIngest } from '../../../../src/app/run-ingest.js'
import { AppError } from '../../../../src/core/errors/app-error.js'
import { copyHandbook } from '../../../helpers/ingested-library.js'

let folder = ''
let pilotbook: Pilotbook

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilotbook-test-'))
  const corpus = join(folder, 'corpus')
  await copyHandbook(corpus)
  const environment = { PILOTBOOK_OFFLINE: '1', PILOTBOOK_DATA_DIR: join(folder, 'data'), OLLAMA_HOST: 'http://127.0.0.1:1' }
  const config = loadConfig({ corpus, index: join(folder, 'index') }, environment, folder)
  await runIngest(config)
  pilotbook = createPilotbook(config, { mode: 'command' })
})

afterAll(async () => {
  await pilotbook.close()
  await rm(folder, { recursive: true, force: true })
})

const search = (question: string) => pilotbook.search({ question })
const titles = ({ passages }: SearchResult) => passages.map(({ headingPath }) => headingPath.at(-1) ?? '')

/** What holds for every question, however odd. */
function expectSound({ confidence, passages }: SearchResult): void {
  expect(confidence).toBeGreaterThanOrEqual(0)
  expect(confidence).toBeLessThanOrEqual(1)
  expect(passages.length).toBeLessThanOrEqual(6)
  expect(passages.map(({ rank }) => rank)).toEqual(passages.map((_, place) => place + 1))
  for (const { score, text } of passages) {
    expect(score).toBeGreaterThan(0)
    expect(text).not.toBe('')
  }
}

describe('a question without words of the matter', () => {
  it.each([
    'what is it?',
    'the of and to',
    'why? when? how?',
    '🐳🚀🔥',
    '🐳',
    '$',
    '-',
    '+=<>',
    '~ $ | ^',
    'a',
    'zzz qqq',
    'x'.repeat(longestQuestion),
  ])('is refused without passages: %j', async (question) => {
    const found = await search(question)
    expect(found).toMatchObject({ answerable: false, passages: [] })
    expect(found.confidence).toBeLessThan(0.05)
  })

  it.each(['', '  \n ', '?!…', '...', '\u0000\u0007', '(){}[]"\'', '———'])(
    'is refused by name when there is nothing to ask: %j',
    async (question) => {
      await expect(search(question)).rejects.toMatchObject({ code: 'QUESTION_EMPTY' })
    },
  )

  it('does not lose the words between emoji', async () => {
    const [decorated, plain] = [await search('🐳 what is a volume? 🚀'), await search('what is a volume?')]
    expect(titles(decorated)).toEqual(titles(plain))
    expect(decorated.confidence).toBe(plain.confidence)
  })
})

describe('a question in another language', () => {
  it.each([
    'Wie lösche ich einen Container?',
    'Comment supprimer un volume ?',
    '¿Cómo elimino un contenedor?',
    'Как удалить контейнер?',
    'コンテナを削除するにはどうすればいいですか',
    '如何删除 docker 容器',
    'كيف أحذف الحاوية',
    'קונטיינר',
    'docker कंटेनर कैसे हटाएं',
  ])('is refused, the books being English, with the nearest passages if a word is known: %s', async (question) => {
    const found = await search(question)
    expectSound(found)
    expect(found.answerable).toBe(false)
  })
})

describe('a very long question', () => {
  it('of 10,000 words is searched by its beginning and its end', async () => {
    const filling = Array.from({ length: 9_980 }, (_, n) => `f${n}`).join(' ')
    const found = await search(`why does a published port not answer? ${filling} why does a published port not answer?`)
    expectSound(found)
    expect(titles(found)[0]).toBe('Why a published port does not answer')
    expectSound(await search('volume '.repeat(10_000)))
  })

  it('is refused by name above the limit, telling both lengths', async () => {
    const details = { length: longestQuestion + 1, limit: longestQuestion }
    await expect(search('a'.repeat(longestQuestion + 1))).rejects.toMatchObject({ code: 'QUESTION_TOO_LONG', details })
  })

  const fill = (word: (n: number) => string) => {
    let text = ''
    for (let n = 0; text.length < longestQuestion; n++) text += `${word(n)} `
    return text.slice(0, longestQuestion)
  }
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  const pick = (n: number) => letters[n % 26] ?? ''

  it.each([
    ['one word again and again', fill(() => 'volume')],
    ['function words alone', fill(() => 'why')],
    [
      'words that nobody knows, each to be looked up for its spelling',
      fill((n) => `${pick(n)}${pick(n * 7)}${pick(n * 3)}${pick(n * 11)}${pick(n * 5)}`),
    ],
    ['words of the books, each with a slip', fill((n) => ['contianer', 'netwrok', 'imagge', 'comand', 'volme'][n % 5] ?? '')],
    ['flags', fill((n) => `--${pick(n)}${pick(n * 7)}`)],
    ['one chain of signs', `a${'-./:@_'.repeat(Math.floor(longestQuestion / 6) - 1)}b`],
    ['quotes', `${"'".repeat(longestQuestion - 1)}a`],
    ['dots and a letter', `${'.'.repeat(longestQuestion - 1)}a`],
    ['one line of error and digits', `${'x\n'.repeat(8)}error 2024-05-06T${'1'.repeat(longestQuestion - 50)}`],
    ['one line of error and hexadecimal', `${'x\n'.repeat(8)}error ${'a1'.repeat(longestQuestion / 2 - 50)}`],
    ['lines that look like a stack', fill(() => 'error\n at x (((((:\n')],
    ['one line that begins a stack', `${'x\n'.repeat(8)}at error${'('.repeat(longestQuestion - 50)}`],
  ])('is searched at the longest allowed: %s', async (_, question) => {
    expect(question.length).toBeLessThanOrEqual(longestQuestion)
    expectSound(await search(question))
  })

  // Not timed: work is bounded when a question with fifty times the words looks at no more passages and terms than it has.
  it('looks at each different word once', async () => {
    const [once, often] = [await pilotbook.search({ question: 'volume', explain: true }), await search('volume '.repeat(1_400))]
    expect(titles(often)[0]).toBe(titles(once)[0])
    expect(often.confidence).toBeGreaterThanOrEqual(once.confidence)
  })
})

const logLine = (n: number) => `07:08:${String(n % 60).padStart(2, '0')} GET /api/items/${n} 200`
const log = (line: string) => Array.from({ length: 200 }, (_, n) => (n === 137 ? line : logLine(n))).join('\n')

describe('a log of 200 lines with one error', () => {
  it.each([
    ['ERROR listen tcp4 0.0.0.0:80: bind: address already in use', 'bind: address already in use'],
    ['Error response from daemon: exec /usr/local/bin/node: exec format error', 'exec format error'],
    ['failed to read dockerfile: open Dockerfile: no such file or directory', 'failed to read dockerfile'],
    ['FATAL could not translate host name "db" to address: Name or service not known', 'could not translate host name'],
    ['error: too many open files', 'too many open files'],
    ['Error: x509: certificate signed by unknown authority', 'x509: certificate signed by unknown authority'],
  ])('finds the section on that error: %s', async (line, section) => {
    const question = log(line)
    expect(question.length).toBeLessThanOrEqual(longestQuestion)
    const found = await search(question)
    expect(found.answerable).toBe(true)
    expect(titles(found).slice(0, 2).join('\n')).toContain(section)
  })

  it('finds it also when the lines are as long as real ones', async () => {
    const long = log('Error: x509: certificate signed by unknown authority').replaceAll(
      '200\n',
      '200 "-" "Mozilla/5.0 (X11; Linux x86_64)" rt=0.013 up=0.012\n',
    )
    expect(
      titles(await search(long))
        .slice(0, 2)
        .join('\n'),
    ).toContain('x509')
  })

  it('refuses a log that is too long by name, telling both lengths', async () => {
    const question = `error${'\nline'.repeat(longestQuestion / 5)}`
    const details = { length: question.length, limit: longestQuestion }
    await expect(search(question)).rejects.toMatchObject({ code: 'QUESTION_TOO_LONG', details })
  })
})

describe('a pasted stack trace', () => {
  it('is searched by its error, with the question around it', async () => {
    const trace = `Error: connect ECONNREFUSED 127.0.0.1:5432
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1555:16)
    at Protocol._enqueue (/app/node_modules/mysql/lib/protocol/Protocol.js:144:48)
    at Connection.query (/app/node_modules/pg/lib/client.js:22:1)
    at Object.<anonymous> (/app/server.js:10:4)
    at node:internal/main/run_main_module:23:47
Why does my app not reach the database?`
    const found = await search(trace)
    expect(found.answerable).toBe(true)
    expect(titles(found)[0]).toContain('ECONNREFUSED')
  })

  it('finds the socket for a Python trace that ends in a permission denied there', async () => {
    const trace = `Traceback (most recent call last):
  File "/usr/lib/python3/dist-packages/docker/api/client.py", line 214, in _retrieve_server_version
    return self.version(api_version=False)["ApiVersion"]
  File "/usr/lib/python3/dist-packages/requests/sessions.py", line 555, in get
    return self.request('GET', url, **kwargs)
  File "/usr/lib/python3/http/client.py", line 1037, in _send_output
    self.send(msg)
docker.errors.DockerException: Error while fetching server API version: ('Connection aborted.', PermissionError(13, 'Permission denied'))`
    expect(titles(await search(trace)).join('\n')).toContain('"permission denied" on the Docker socket')
  })
})

describe('code instead of a question', () => {
  it('is sound for a whole Dockerfile, and finds what builds in stages', async () => {
    const dockerfile = `# syntax=docker/dockerfile:1
FROM node:20-alpine AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
FROM nginx:1.27
COPY --from=build /app/dist /usr/share/nginx/html
EXPOSE 80
HEALTHCHECK CMD wget -q -O- http://localhost/ || exit 1
CMD ["nginx", "-g", "daemon off;"]`
    const found = await search(dockerfile)
    expectSound(found)
    expect(found.passages.some(({ text }) => /FROM .*AS|COPY --from/.test(text))).toBe(true)
  })

  it.each([
    "SELECT * FROM users WHERE name = 'x'; DROP TABLE users;--",
    "' OR 1=1; --",
    '<script>alert("x")</script><div class="a">hello <b>world</b></div>',
    '{"query": {"match_all": {}}, "size": 10}',
    '{jndi:ldap://x/a} {{7*7}} %s %n `id` $(id)',
    '../../../../etc/passwd\u0000.md',
    'toString constructor __proto__ hasOwnProperty',
    '<!-- asks: volumes -->',
    '| a | b |\n| --- | --- |\n| c | d |',
    '\ud800 lone \udfff surrogates',
    'volume\u202e emulov\u202c \u200bimage\ufeff',
  ])('is sound for: %j', async (question) => {
    expectSound(await search(question))
  })

  it('takes names of object members for words like others', async () => {
    const found = await search('constructor __proto__ toString')
    expect(found.answerable).toBe(false)
  })
})

describe('any text at all', () => {
  const unit = fc.oneof(fc.constant('binary' as const), fc.constant('grapheme' as const))
  const anything = unit.chain((kind) => fc.string({ unit: kind, maxLength: 300 }))
  const sign = fc.constantFrom(
    '--',
    '-P',
    ':',
    '/',
    '.',
    '@',
    "'",
    '\n',
    ' at ',
    'error',
    '?',
    'docker',
    'volume',
    '🐳',
    '  ',
    '"',
    '`',
    '\r\n',
  )
  const mixed = fc.array(fc.oneof(sign, fc.string({ unit: 'grapheme', maxLength: 8 })), { maxLength: 60 }).map((pieces) => pieces.join(''))

  it('gives sound passages or a refusal by name, never another error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, mixed), async (question) => {
        try {
          expectSound(await search(question))
        } catch (error) {
          if (!(error instanceof AppError)) throw error
          expect(error.code).toBe('QUESTION_EMPTY')
        }
      }),
      { numRuns: 300 },
    )
  })
})
