import { expect, onTestFinished, test } from 'vitest'
import type { Answer, AnswerEvent, Notice } from '../../src/core/types/answer.js'
import { createHarbourLibrary } from '../helpers/harbour-library.js'
import { startScriptedOllama } from '../helpers/scripted-ollama.js'
import { serveFake } from '../helpers/serve-fake.js'

const oldBook = [
  '---',
  'title: The Docker Book',
  'year: 2014',
  '---',
  '# Linking containers',
  '',
  '## How to link a container to a database',
  '',
  'To link a container to a database, start it with the flag `--link` and the name of the database:',
  '',
  '```bash',
  'docker run -d --name web --link db:db example/web',
  '```',
  '',
].join('\n')
const question = 'How do I link a container to a database?'

async function ask(books: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>> = {}) {
  const library = await createHarbourLibrary({ books, environment })
  onTestFinished(() => library.close())
  const served = await serveFake({}, { pilotbook: library.pilotbook })
  const reply = await served.post('/api/ask', { question }, { headers: { accept: 'text/event-stream' } })
  const events = (await reply.text()).split('\n\n').flatMap((block) => {
    const [, kind = '', data = ''] = /^event: (\w+)\ndata: (.*)$/m.exec(block) ?? []
    return kind === '' ? [] : [{ kind: kind as AnswerEvent['kind'], data: JSON.parse(data) as unknown }]
  })
  const answer = events.at(-1)?.data as Answer
  const notices = events.filter(({ kind }) => kind === 'notice').map(({ data }) => data as Notice)
  return { kinds: events.map(({ kind }) => kind), answer, notices }
}

test('a quote of old advice comes with a notice of the book, its year and the form of today, before the end of the stream', async () => {
  const { kinds, answer, notices } = await ask({ 'The Docker Book.md': oldBook })
  expect(answer.kind).toBe('answered')
  expect(answer.markdown).toContain('--link')
  expect(kinds.slice(-2)).toEqual(['notice', 'done'])
  const [old] = notices.filter(({ code }) => code === 'OLD_ADVICE')
  expect(old?.text).toMatch(/^The Docker Book \(2014\) gives old advice: .*It is old since 2015.*docker network create/)
  expect(answer.notices.filter(({ code }) => code === 'OLD_ADVICE')).toEqual([old])
})

test('what a chat model invents comes with a notice, in the stream and in the answer', async () => {
  const text = 'To link a container to a database, start it with the flag `--link` [1]. Then run `docker volume mount data`.'
  const ollama = await startScriptedOllama({ replies: [{ kind: 'answer', tokens: text.split(/(?<= )/) }] })
  onTestFinished(() => ollama.close())
  const { kinds, answer, notices } = await ask({ 'The Docker Book.md': oldBook }, { OLLAMA_HOST: ollama.url })
  expect(answer.aiModel).toMatch(/Gemma/)
  expect(notices.map(({ code }) => code)).toEqual(expect.arrayContaining(['COMMAND_UNKNOWN', 'OLD_ADVICE']))
  expect(notices.find(({ code }) => code === 'COMMAND_UNKNOWN')?.text).toContain('`docker volume mount`')
  expect(answer.notices).toEqual(notices)
  expect(kinds.indexOf('notice')).toBeGreaterThan(-1)
  expect(kinds.lastIndexOf('notice')).toBe(kinds.length - 2)
})
