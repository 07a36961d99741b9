import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { bookNames, createEmptyWorkspace, createOwnWorkspace } from '../helpers/cli-corpus.js'
import { closedOllama, runCli } from '../helpers/run-cli.js'
import { startScriptedOllama } from '../helpers/scripted-ollama.js'

describe('with nothing installed', () => {
  test('doctor tells what is missing and what to do, exits 3 without an index and 0 with one', async () => {
    const workspace = createOwnWorkspace()
    const before = await workspace.run(['doctor', '--json'])
    expect(before.code).toBe(3)
    const { parts, ...places } = JSON.parse(before.stdout)
    expect(places).toMatchObject({
      corpus: workspace.corpus,
      index: workspace.index,
      ollama: `http://${closedOllama}`,
      node: process.version,
    })
    expect(parts.find(({ part }: { part: string }) => part === 'index')).toMatchObject({
      state: 'failed',
      remedy: 'Run `pilotbook ingest`.',
    })
    await workspace.run(['ingest'])
    const { code, stdout, stderr } = await workspace.run(['doctor'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^index {8}ok: 4 books, \d+ passages, built /m)
    expect(stdout).toMatch(/^embedder {5}lesser: .*\n {13}→ Run `pilotbook models pull`/m)
    expect(stdout).toMatch(/^generator {4}lesser: .*\n {13}→ Install Ollama/m)
  })

  test('books lists every book with the id that --book takes', async () => {
    const workspace = createOwnWorkspace()
    const { code, stdout } = await workspace.run(['books', '--json'])
    expect(code).toBe(0)
    const books: { id: string; name: string; title: string; passages: number }[] = JSON.parse(stdout)
    expect(books.map(({ name }) => name).sort()).toEqual(Object.values(bookNames).sort())
    for (const { id, passages } of books) {
      expect(passages).toBeGreaterThan(0)
      expect((await workspace.run(['search', '--json', '--book', id, 'container'])).code).toBe(0)
    }
    const told = await workspace.run(['books'])
    expect(told.stdout).toMatch(
      /^Orchestrating Docker \(Sample Author\)\n {3}--book \S+\n {3}Orchestrating Docker\.md: 3 sections, \d+ passages$/m,
    )
  })

  test('models tells how to get the models, and lists those that Ollama has', async () => {
    const workspace = createOwnWorkspace(createEmptyWorkspace)
    const nothing = await workspace.run(['models', '--json'])
    expect(nothing.code).toBe(0)
    expect(JSON.parse(nothing.stdout)).toMatchObject({
      embedding: { state: 'missing', remedy: 'pilotbook models pull' },
      chat: { models: [] },
    })
    const ollama = await startScriptedOllama({ models: [{ name: 'gemma3:4b' }] })
    onTestFinished(() => ollama.close())
    const listed = await workspace.run(['models'], { env: { OLLAMA_HOST: ollama.url } })
    expect(listed.stdout).toMatch(
      /^Embedding model: missing, run `pilotbook models pull`\nChat models: Ollama [\d.]+ at \S+ has 1\n {2}gemma3:4b/,
    )
    const forbidden = await workspace.run(['models', 'pull'])
    expect(forbidden.code).toBe(1)
    expect(forbidden.stderr).toMatch(/PILOTBOOK_OFFLINE is set.*MODEL_DOWNLOAD_FAILED/s)
  })

  test('prints version and help on standard output', async () => {
    const version = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')).version
    expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' })
    const help = await runCli(['ask', '--help'])
    expect(help).toMatchObject({ code: 0, stderr: '' })
    for (const flag of [
      '--json',
      '-k <count>',
      '--book',
      '--year',
      '--each-book',
      '--without',
      '--model',
      '--corpus',
      '--index',
      '--timeout',
      '--no-stream',
      '-q',
      '--no-color',
    ])
      expect(help.stdout).toContain(flag)
  })
})

describe('a book that tries to steer the terminal', () => {
  test('is shown without its control characters', async () => {
    const workspace = createOwnWorkspace()
    writeFileSync(
      join(workspace.corpus, 'evil.md'),
      '# Evil\u001b]0;owned\u0007\n\nA kraken \u001b[31mcontainer\u001b[0m sinks \u009b2J ships.\n',
    )
    for (const command of ['search', 'ask', 'books']) {
      const { stdout, stderr } = await workspace.run(
        command === 'books' ? ['books'] : [command, 'Which ships does a kraken container sink?'],
      )
      expect(stdout).toContain('Evil')
      expect(`${stdout}${stderr}`).not.toMatch(/[^\P{Cc}\n\t]/u)
    }
  })
})
