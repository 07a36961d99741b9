import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SearchHit, SearchResult } from '../../src/app/pilotbook.js'
import {
  bookNames,
  countLines,
  createOwnWorkspace,
  createWorkspace,
  readCorpusText,
  snapshot,
  type Workspace,
} from '../helpers/cli-corpus.js'
import { startCli } from '../helpers/run-cli.js'

let workspace: Workspace

beforeAll(async () => {
  workspace = createWorkspace()
  await workspace.run(['ingest'])
})
afterAll(() => workspace.remove())

function expectExactPlace(hit: SearchHit): void {
  const text = readCorpusText(workspace, hit.file)
  expect(text.slice(hit.startOffset, hit.endOffset)).toBe(hit.text)
  expect(countLines(text, hit.startOffset, hit.endOffset)).toEqual({ startLine: hit.startLine, endLine: hit.endLine })
}

describe('pilotbook search', () => {
  test('prints the best passages as exact slices of the files on disk, whatever their names, line ends and byte order marks', async () => {
    const { code, stdout } = await workspace.run(['search', '--json', '-k', '500', 'docker container network volume port compose client'])
    expect(code).toBe(0)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    const found: SearchResult = JSON.parse(stdout)
    expect(Object.keys(found).sort()).toEqual(['answerable', 'confidence', 'passages', 'question'])
    expect(new Set(found.passages.map(({ file }) => file))).toEqual(
      new Set([bookNames.orchestrating, bookNames.turnbull, bookNames.running, 'guide/compose.md']),
    )
    expect(found.passages.map(({ rank }) => rank)).toEqual(found.passages.map((_, at) => at + 1))
    for (const hit of found.passages) {
      expectExactPlace(hit)
      expect(Object.keys(hit).sort()).toEqual(
        ['book', 'endLine', 'endOffset', 'file', 'headingPath', 'id', 'rank', 'score', 'scores', 'startLine', 'startOffset', 'text'].sort(),
      )
      expect(Object.keys(hit.book)).toEqual(['id', 'title'])
    }
    expect(found.passages.some(({ text }) => text.includes('\r\n'))).toBe(true)
    expect(found.passages.some(({ text }) => text.includes('🐳'))).toBe(true)
  })

  test('answers lines of standard input in their order, a bad one by its error, with a byte order mark and Windows line ends', async () => {
    const lines = ['What is a volume?', '', 'Who won the 1998 football world cup?', 'x'.repeat(100_001), '\u0001\u0007', 'What does -P do?']
    const input = `\uFEFF${lines.join('\r\n')}`
    const { code, stdout } = await workspace.run(['search', '--json', '-k', '1', '-'], { input })
    expect(code).toBe(0)
    const results = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(results.map(({ question }) => question)).toEqual(lines)
    expect(results.map(({ error }) => error?.code)).toEqual([
      undefined,
      'QUESTION_EMPTY',
      undefined,
      'QUESTION_TOO_LONG',
      'QUESTION_EMPTY',
      undefined,
    ])
    expect(Object.keys(results[1])).toEqual(['question', 'error'])
    expect(Object.keys(results[1].error)).toEqual(['code', 'message', 'remedy'])
    expect(results[2].answerable).toBe(false)
    expect(results[0].passages[0].file).toBe(bookNames.running)
    expect(results[5].passages[0].file).toBe(bookNames.turnbull)
  })

  test('answers 500 lines with one opening of the index', async () => {
    // Once the first answer is out, the index is taken away: the others are answered all the same.
    const own = createOwnWorkspace()
    await own.run(['ingest'])
    const running = startCli(['search', '--corpus', own.corpus, '--index', own.index, '--json', '-k', '2', '-'], {
      keepInput: true,
      input: 'What is a volume?\n',
    })
    await running.waitFor('stdout', /\n/)
    for (const line of snapshot(own.index).flatMap((entry) => entry.match(/^g-[^/\\]*[/\\][^ ]+/) ?? [])) rmSync(`${own.index}/${line}`)
    running.child.stdin?.end('What does -P do?\n'.repeat(499))
    const { code, stdout } = await running.ended
    expect(code).toBe(0)
    const results: SearchResult[] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(results).toHaveLength(500)
    expect(results.slice(1).every(({ passages }) => passages[0]?.file === bookNames.turnbull)).toBe(true)
  })

  test('shows place and beginning of each passage to people, and says when the books seem silent', async () => {
    const found = await workspace.run(['search', '-k', '2', '-q', 'What does -P do?'])
    expect(found).toMatchObject({ code: 0, stderr: '' })
    expect(found.stdout).toMatch(
      /^1\. The Docker Book.* › Publishing ports\n {3}The Docker Book – James Turnbull – v17\.03\.0\.md, lines \d+–\d+\n/,
    )
    expect(found.stdout).toMatch(/The books seem to answer this \(confidence \d\.\d\d\)\.\n$/)
    const silent = await workspace.run(['search', 'Who won the football world cup?'])
    expect(silent.code).toBe(0)
    expect(silent.stdout).toContain('The books do not seem to answer this')
  })

  test('ingests first when there is no index yet, saying so on standard error', async () => {
    const fresh = createOwnWorkspace()
    const before = snapshot(fresh.corpus)
    const { code, stdout, stderr } = await fresh.run(['search', '--json', 'What is a volume?'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout).passages.length).toBeGreaterThan(0)
    expect(stderr).toContain(`There is no index in ${fresh.index} yet: ingesting ${fresh.corpus} first.`)
    expect(stderr).toMatch(/Ingested 4 books/)
    expect(snapshot(fresh.corpus)).toEqual(before)
    const second = await fresh.run(['search', '--json', 'What is a volume?'])
    expect(second.stderr).not.toContain('ingesting')
  })
})
