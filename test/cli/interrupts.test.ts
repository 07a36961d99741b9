import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bookNames, createOwnWorkspace, type Workspace } from '../helpers/cli-corpus.js'
import { getModelFolder } from '../helpers/model-folder.js'
import { type RunningCli, startCli } from '../helpers/run-cli.js'
import { startScriptedOllama } from '../helpers/scripted-ollama.js'

/** A book that takes a model of twelve layers much longer to embed than any test waits. */
const longBook = Array.from(
  { length: 1500 },
  (_, at) => `# Chapter ${at}\n\n${`Container ${at} keeps its data in volume ${at * 7}, on network ${at * 3}. `.repeat(14)}\n`,
).join('\n')

// Windows knows no signals: a process there ends at once, which the test of a kill covers.
const describeSignals = describe.skipIf(process.platform === 'win32')

describeSignals('an interrupt', () => {
  test('in mid-ingest leaves the previous index serving, takes the lock and the half-built one away, and exits 130', async () => {
    const { workspace, running, generation } = await startLongIngest()
    const second = await workspace.run(['ingest'])
    expect(second.code).toBe(1)
    expect(second.stderr).toContain(`Another ingest (process ${running.child.pid} on `)
    running.child.kill('SIGINT')
    const { code, stdout, stderr } = await running.ended
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
    expect(stderr).toMatch(/Error: Interrupted before it was done\.\n {2}→ Run it again\. \(INTERRUPTED\)\n$/)
    expect(
      readdirSync(workspace.index)
        .filter((name) => name !== 'readers')
        .sort(),
    ).toEqual(['current.json', generation])
    await expectPreviousServes(workspace)
  })

  test('during a hanging answer ends it, stops the model and exits 130', async () => {
    const workspace = createOwnWorkspace()
    const ollama = await startScriptedOllama({ replies: [{ kind: 'hang', afterTokens: 2 }] })
    try {
      const running = startIn(workspace, ['ask', 'What is a volume?'], { OLLAMA_HOST: ollama.url })
      await expect.poll(() => ollama.openStreams).toBe(1)
      running.child.kill('SIGINT')
      const { code, stdout, stderr } = await running.ended
      expect({ code, stdout }).toEqual({ code: 130, stdout: '' })
      expect(stderr).toContain('(INTERRUPTED)')
      await expect.poll(() => ollama.openStreams).toBe(0)
    } finally {
      await ollama.close()
    }
  })

  test('while it waits for questions on standard input ends it with 130', async () => {
    const workspace = createOwnWorkspace()
    const args = ['search', '--corpus', workspace.corpus, '--index', workspace.index, '--json', '-']
    const running = startCli(args, { keepInput: true, input: 'What is a volume?\n' })
    await running.waitFor('stdout', /\n/)
    running.child.kill('SIGINT')
    const { code, stdout, stderr } = await running.ended
    expect(code).toBe(130)
    expect(stdout.trimEnd().split('\n')).toHaveLength(2)
    expect(stderr).toContain('(INTERRUPTED)')
  })
})

describe('a kill', () => {
  test('in mid-ingest leaves the previous index serving, and the next ingest takes over', async () => {
    const { workspace, running, generation } = await startLongIngest()
    running.child.kill('SIGKILL')
    await running.ended
    await expectPreviousServes(workspace)
    const next = await workspace.run(['ingest', '--json'])
    expect(next.code).toBe(0)
    expect(JSON.parse(next.stdout)).toMatchObject({ books: 5 })
    const left = readdirSync(workspace.index).filter((name) => name !== 'readers')
    expect(left.sort()).toEqual(['current.json', JSON.parse(next.stdout).generation])
    expect(left).not.toContain(generation)
  })
})

async function startLongIngest() {
  const workspace = createOwnWorkspace()
  const { generation } = JSON.parse((await workspace.run(['ingest', '--json'])).stdout)
  writeFileSync(join(workspace.corpus, 'long.md'), longBook)
  const running = startIn(workspace, ['ingest'], { PILOTBOOK_MODEL_DIR: await getModelFolder() })
  await running.waitFor('stderr', /Embedding [1-9]\d* of 1,5\d\d passages/)
  return { workspace, running, generation }
}

function startIn({ corpus, index }: Workspace, [command = '', ...args]: readonly string[], env: Record<string, string>): RunningCli {
  return startCli([command, '--corpus', corpus, '--index', index, ...args], { env, terminal: command === 'ingest' ? 'both' : undefined })
}

async function expectPreviousServes(workspace: Workspace): Promise<void> {
  const { code, stdout } = await workspace.run(['ask', '--json', 'What is a volume?'])
  expect(code).toBe(0)
  const { citations, knowledgeBase, notices } = JSON.parse(stdout)
  expect(citations[0].file).toBe(bookNames.running)
  expect(knowledgeBase).not.toContain('long.md')
  expect(notices.some(({ text }: { text: string }) => text.includes('long.md'))).toBe(true)
}
