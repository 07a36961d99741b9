import { afterAll, beforeAll, expect, test } from 'vitest'
import { bookNames, createWorkspace, type Workspace } from '../helpers/cli-corpus.js'

const question = 'What does the flag -P do?'
let workspace: Workspace

beforeAll(async () => {
  workspace = createWorkspace()
  await workspace.run(['ingest'])
})
afterAll(() => workspace.remove())

test('--format markdown prints the answer with footnotes, also on a terminal, where it is not streamed', async () => {
  const { code, stdout } = await workspace.run(['ask', '--format', 'markdown', question])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^# What does the flag -P do\?\n\n/)
  expect(stdout).toMatch(
    /\n\nAI Model: none \(quoted from the books\)\n\nEmbedding Model: none \(word search\)\n\nRAG Citation \(Knowledge Base\):\n\n- /,
  )
  expect(stdout).toMatch(
    new RegExp(`\\n\\[\\^1\\]: The Docker Book \\(2017\\) › Publishing ports, lines? [\\d–]+ \\(\`${bookNames.turnbull}\`\\)\\n\\n {4}> `),
  )
  const shown = await workspace.run(['ask', '--format', 'markdown', question], { terminal: 'both' })
  expect(shown.stdout.replaceAll('\r\n', '\n')).toBe(stdout)
})

test('--format html prints one page, --format json the answer, and both keep the exit code of a refusal', async () => {
  const html = await workspace.run(['ask', '--format', 'html', question])
  expect(html.stdout).toMatch(/^<!doctype html>[\s\S]*<sup><a href="#note-1">\[1\]<\/a><\/sup>[\s\S]*<\/html>\n$/)
  const json = await workspace.run(['ask', '--format', 'json', 'Who won the football world cup?'])
  expect(json.code).toBe(10)
  expect(JSON.parse(json.stdout)).toMatchObject({ kind: 'no-evidence' })
})

test.each([
  ['a format that there is not', ['--format', 'pdf', question], 'it takes markdown, html, json'],
  ['--json beside it', ['--format', 'html', '--json', question], 'does not go with --json'],
  ['questions from standard input', ['--format', 'html', '-'], 'does not go with questions from standard input'],
])('refuses %s', async (_, args, told) => {
  const { code, stderr } = await workspace.run(['ask', ...args])
  expect(code).toBe(2)
  expect(stderr).toContain(told)
})
