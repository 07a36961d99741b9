import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openConversationStore } from '../../src/adapters/conversation-store/open-conversation-store.js'
import type { Conversation } from '../../src/core/types/conversation.js'
import { createWorkspace, type Workspace } from '../helpers/cli-corpus.js'
import { type CliOptions, type RunningCli, startCli } from '../helpers/run-cli.js'
import { startScriptedOllama } from '../helpers/scripted-ollama.js'
import { createTemporaryFolder } from '../helpers/temporary-folder.js'

const ctrlC = '\u0003'
const ctrlD = '\u0004'
const up = '\u001b[A'
const left = '\u001b[D'

let workspace: Workspace

beforeAll(async () => {
  workspace = createWorkspace()
  await workspace.run(['ingest'])
})
afterAll(() => workspace.remove())

function startChat(dataDir: string, { env, ...options }: CliOptions = {}): RunningCli {
  const args = ['chat', '--no-color', '--corpus', workspace.corpus, '--index', workspace.index]
  return startCli(args, { ...options, env: { PILOTBOOK_DATA_DIR: dataDir, ...env } })
}

async function readConversations(dataDir: string): Promise<readonly Conversation[]> {
  const store = await openConversationStore(join(dataDir, 'conversations.db'))
  try {
    return await Promise.all((await store.list()).map(({ id }) => store.get(id)))
  } finally {
    await store.close()
  }
}

describe('pilotbook chat with lines from a pipe', () => {
  test('answers each line, shows how a follow-up was asked, keeps all of it, and exits 0 at the end', async () => {
    const dataDir = await createTemporaryFolder()
    const { code, stdout, stderr } = await startChat(dataDir, { input: 'What is a volume?\nAnd how do I create it?\n\nWhat does -P do?' })
      .ended
    expect(code).toBe(0)
    expect(stdout.match(/^# .*$/gm)).toEqual(['# What is a volume?', '# And how do I create it?', '# What does -P do?'])
    expect(stdout.match(/^Asked as: .*$/gm)).toEqual(['Asked as: How do I create a volume?'])
    expect(stdout).toContain('docker volume create data')
    expect(stderr.match(/No embedding model is here/g)).toHaveLength(1)
    const [kept, ...others] = await readConversations(dataDir)
    expect(others).toEqual([])
    expect(kept).toMatchObject({ title: 'What is a volume?', turns: [{}, { standaloneQuestion: 'How do I create a volume?' }, {}] })
  })

  test('begins, lists and opens conversations, and goes on in the opened one', async () => {
    const dataDir = await createTemporaryFolder()
    const lines = [
      'What is a volume?',
      '/new My networks',
      'How do I create a network?',
      '/list',
      '/list volume',
      '/open 1',
      'How do I remove it?',
    ]
    const { stdout } = await startChat(dataDir, { input: `${[...lines, '/quit', 'never asked'].join('\n')}\n` }).ended
    expect(stdout).toMatch(/^ {2}1\. My networks – 1 question, 20.*\n {2}2\. What is a volume\? – 1 question, 20/m)
    expect(stdout).toMatch(/^ {2}1\. What is a volume\? – .*\nWhat is a volume\?\n- What is a volume\?\n/m)
    expect(stdout).toContain('Asked as: How do I remove a volume?')
    expect(stdout).not.toContain('never asked')
    const kept = await readConversations(dataDir)
    expect(kept.map(({ title, turns }) => [title, turns.length])).toEqual([
      ['What is a volume?', 2],
      ['My networks', 1],
    ])
  })

  test('tells what a line failed with and goes on', async () => {
    const dataDir = await createTemporaryFolder()
    const { code, stdout, stderr } = await startChat(dataDir, { input: '/fly\n/open 99\n???\nWhat is a volume?\n' }).ended
    expect(code).toBe(0)
    expect(stderr.match(/\((USAGE|CONVERSATION_UNKNOWN|QUESTION_EMPTY)\)/g)).toEqual([
      '(USAGE)',
      '(CONVERSATION_UNKNOWN)',
      '(QUESTION_EMPTY)',
    ])
    expect(stdout).toContain('# What is a volume?')
    expect((await readConversations(dataDir)).map(({ turns }) => turns.length)).toEqual([1])
  })

  test('leaves no empty conversation behind, and no history of what was not typed', async () => {
    const dataDir = await createTemporaryFolder()
    await startChat(dataDir, { input: '???\n' }).ended
    expect(await readConversations(dataDir)).toEqual([])
    expect(existsSync(join(dataDir, 'chat-history'))).toBe(false)
  })

  test('that cannot keep anything says so and what to do', async () => {
    const dataDir = join(workspace.corpus, 'guide', 'compose.md')
    const { stderr } = await startChat(dataDir, { input: 'What is a volume?\n' }).ended
    expect(stderr).toContain('(CONVERSATIONS_UNUSABLE)')
    expect(stderr).toContain('PILOTBOOK_DATA_DIR')
  })
})

describe('pilotbook chat on a terminal', () => {
  const write = (running: RunningCli, text: string) => running.child.stdin?.write(text)
  /** Each key once the one before was echoed: what comes at once is taken for pasted, and pasted text is added at the end. */
  const type = async (running: RunningCli, keys: readonly (readonly [key: string, echo: RegExp])[]) => {
    for (const [key, echo] of keys) {
      write(running, key)
      await running.waitFor('stderr', echo)
    }
  }
  const onTerminal = { terminal: 'all', keepInput: true } as const

  test('edits lines, brings earlier ones back in the next chat, and ends at Ctrl-D', async () => {
    const dataDir = await createTemporaryFolder()
    const first = startChat(dataDir, onTerminal)
    await first.waitFor('stderr', /> /)
    await type(first, [
      ['What is a valume?', /valume\?/],
      [left.repeat(5), /valume\?(?:.\[1D){5}/],
      ['\u007f', /What is a vlume\?/],
      ['o', /What is a volume\?/],
      ['\r', /volume\?[\s\S]*\r\n/],
    ])
    await first.waitFor('stdout', /Embedding Model/)
    write(first, ctrlD)
    expect(await first.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('# What is a volume?') })
    expect(readFileSync(join(dataDir, 'chat-history'), 'utf8')).toBe('What is a volume?\n')

    const second = startChat(dataDir, onTerminal)
    await second.waitFor('stderr', /> /)
    write(second, `${up}\r`)
    await second.waitFor('stdout', /Embedding Model/)
    write(second, ctrlD)
    expect(await second.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('# What is a volume?') })
  })

  test('stops the running answer at Ctrl-C, with it the model, and takes the next question', async () => {
    const ollama = await startScriptedOllama({
      replies: [
        { kind: 'hang', afterTokens: 3 },
        { kind: 'answer', tokens: ['A volume keeps data outside the layer [1].'] },
      ],
    })
    onTestFinished(() => ollama.close())
    const dataDir = await createTemporaryFolder()
    const running = startChat(dataDir, { ...onTerminal, env: { OLLAMA_HOST: ollama.url } })
    await running.waitFor('stderr', /> /)
    write(running, 'What is a volume?\r')
    await running.waitFor('stdout', /word2/)
    write(running, ctrlC)
    await running.waitFor('stderr', /Stopped\./)
    await expect.poll(() => ollama.openStreams).toBe(0)
    expect(running.child.exitCode).toBeNull()
    write(running, 'Why is a volume needed?\r')
    await running.waitFor('stdout', /Embedding Model/)
    write(running, ctrlD)
    expect((await running.ended).code).toBe(0)
    expect((await readConversations(dataDir)).map(({ turns }) => turns.map(({ question }) => question))).toEqual([
      ['Why is a volume needed?'],
    ])
  })

  test('drops what was typed at Ctrl-C and says how to end', async () => {
    const running = startChat(await createTemporaryFolder(), onTerminal)
    await running.waitFor('stderr', /> /)
    write(running, `never asked${ctrlC}`)
    await running.waitFor('stderr', /Ctrl-D or \/quit ends/)
    write(running, '/quit\r')
    expect(await running.ended).toMatchObject({ code: 0, stdout: '' })
  })

  test.skipIf(process.platform === 'win32')('ends with 130 and stops the model when the process is interrupted from outside', async () => {
    const ollama = await startScriptedOllama({ replies: [{ kind: 'hang' }] })
    onTestFinished(() => ollama.close())
    const running = startChat(await createTemporaryFolder(), { ...onTerminal, env: { OLLAMA_HOST: ollama.url } })
    await running.waitFor('stderr', /> /)
    write(running, 'What is a volume?\r')
    await expect.poll(() => ollama.openStreams).toBe(1)
    running.child.kill('SIGINT')
    expect((await running.ended).code).toBe(130)
    await expect.poll(() => ollama.openStreams).toBe(0)
  })
})
