import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { loadConfig } from '../../../src/app/config/load-config.js'
import { createPilotbook, type PilotbookOptions } from '../../../src/app/create-pilotbook.js'
import type { AskRequest, Pilotbook } from '../../../src/app/pilotbook.js'
import { runIngest } from '../../../src/app/run-ingest.js'
import type { AnswerEvent } from '../../../src/core/types/answer.js'
import type { OllamaScript } from '../../helpers/scripted-ollama/ollama-script.js'
import { startScriptedOllama } from '../../helpers/scripted-ollama.js'
import { writeFiles } from '../../helpers/temporary-folder.js'

const book = '# Volumes\n\n## What a volume is\n\nA volume is a folder that Docker keeps for you. It outlives the container.\n'
const tokens = ['A volume is a folder ', 'that Docker keeps for you [1].']
const request: AskRequest = { question: 'What is a volume?' }

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilotbook-cache-'))
  await writeFiles(join(folder, 'corpus'), { 'Volumes.md': book })
  await runIngest(configFor('http://127.0.0.1:1'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function configFor(url: string, more: Record<string, string> = {}) {
  const environment = { OLLAMA_HOST: url, PILOTBOOK_OFFLINE: '1', PILOTBOOK_DATA_DIR: join(folder, 'data'), ...more }
  return loadConfig({ corpus: join(folder, 'corpus'), index: join(folder, 'index') }, environment)
}

async function serve(script: OllamaScript, options: { mode?: PilotbookOptions['mode']; settings?: Record<string, string> } = {}) {
  const ollama = await startScriptedOllama(script)
  const pilotbook = createPilotbook(configFor(ollama.url, options.settings), { mode: options.mode ?? 'service' })
  onTestFinished(async () => {
    await pilotbook.close()
    await ollama.close()
  })
  return { ollama, pilotbook }
}

async function collect(pilotbook: Pilotbook, asked: AskRequest): Promise<readonly AnswerEvent[]> {
  const events: AnswerEvent[] = []
  for await (const event of pilotbook.ask(asked)) events.push(event)
  return events
}

test('a service asks the model once for the same question, streams the same again, and says that it is cached', async () => {
  const { ollama, pilotbook } = await serve({ replies: [{ kind: 'answer', tokens }] })
  const first = await collect(pilotbook, request)
  const second = await collect(pilotbook, request)
  expect(ollama.chats).toHaveLength(1)
  expect(second.slice(0, -1)).toEqual(first.slice(0, -1))
  expect(first.at(-1)).not.toMatchObject({ answer: { cached: true } })
  expect(second.at(-1)).toMatchObject({ kind: 'done', answer: { cached: true, kind: 'answered' } })
  expect(await pilotbook.answer({ ...request, fresh: true })).not.toHaveProperty('cached')
  expect(await pilotbook.answer({ ...request, k: 3 })).not.toHaveProperty('cached')
  expect(ollama.chats).toHaveLength(3)
})

test('neither a command nor a service with PILOTBOOK_CACHE=0 gives an answer again', async () => {
  for (const options of [{ mode: 'command' }, { settings: { PILOTBOOK_CACHE: '0' } }] as const) {
    const { ollama, pilotbook } = await serve({ replies: [{ kind: 'answer', tokens }] }, options)
    await pilotbook.answer(request)
    expect(await pilotbook.answer(request)).not.toHaveProperty('cached')
    expect(ollama.chats).toHaveLength(2)
  }
})

test('a cut answer is not given again', async () => {
  const { ollama, pilotbook } = await serve({
    replies: [
      { kind: 'no-done', afterTokens: 8 },
      { kind: 'answer', tokens },
    ],
  })
  const cut = await pilotbook.answer(request)
  expect(cut.notices.map(({ code }) => code)).toContain('ANSWER_INCOMPLETE')
  expect(await pilotbook.answer(request)).not.toHaveProperty('cached')
  expect(ollama.chats).toHaveLength(2)
})

test('an answer rests on its generation: after a new ingest it is written anew', async () => {
  const { ollama, pilotbook } = await serve({ replies: [{ kind: 'answer', tokens }] })
  await pilotbook.answer(request)
  await writeFiles(join(folder, 'corpus'), { 'Volumes.md': `${book}\nIt can be shared.\n` })
  await runIngest(configFor(ollama.url))
  expect(await pilotbook.answer(request)).not.toHaveProperty('cached')
  expect(await pilotbook.answer(request)).toMatchObject({ cached: true })
})
