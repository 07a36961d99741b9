import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bookNames, createWorkspace, type Workspace } from '../helpers/cli-corpus.js'
import type { CliOptions } from '../helpers/run-cli.js'

let workspace: Workspace
beforeAll(async () => {
  workspace = createWorkspace()
  await workspace.run(['ingest'])
})
afterAll(() => workspace.remove())

const ports = {
  question: 'What does -P do?',
  class: 'flag',
  sections: [{ file: bookNames.turnbull, title: 'Publishing ports' }],
  patterns: ['every exposed port'],
}
const volume = { question: 'volume keeps data', phrase: 'outlives the container' }
const outside = { question: 'Who won the 1998 football world cup?', class: 'unanswerable' }

function writeQuestions(name: string, content: unknown): string {
  const path = join(workspace.dir, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

/** With a data folder of the test's own, where runs are kept. */
function evaluate(name: string, args: readonly string[]) {
  const options: CliOptions = { env: { PILOTBOOK_DATA_DIR: join(workspace.dir, name) } }
  return workspace.run(['eval', ...args], options)
}

describe('pilotbook eval', () => {
  test('measures own books with own questions, keeps the run and tells what the next one changed', async () => {
    const path = writeQuestions('own.json', [ports, volume, outside])
    const first = await evaluate('data', [path])
    expect(first).toMatchObject({ code: 0 })
    expect(first.stdout).toMatch(/^\| all \| Pilotbook \| 2 \| 1\.000 \|/m)
    expect(first.stdout).not.toContain('last run')
    const kept = readdirSync(join(workspace.dir, 'data', 'eval'))
    expect(kept).toEqual([expect.stringMatching(/^last-[0-9a-f]{12}\.json$/)])
    expect(first.stdout).toContain(
      `This run is kept in ${join(workspace.dir, 'data', 'eval', kept[0] ?? '')} to compare the next one with.`,
    )
    expect(first.stdout).toMatch(/^\| all \| Pilotbook(?: \| 1\.00–1\.00){6} \|$/m)
    expect((await evaluate('data', [path])).stdout).toContain('Nothing has changed since the last run')
    writeQuestions('own.json', [ports, { ...volume, phrase: 'stands in no book' }, outside])
    expect((await evaluate('data', [path])).stdout).toMatch(
      /\| All questions \/ Pilotbook \/ all \/ hit@5 \| 1\.000 → 0\.500 \| \*\*worse\*\* \|/,
    )
  })

  test('prints one JSON object, with the answers checked when asked', async () => {
    const { code, stdout } = await evaluate('json', ['--json', '--answers', writeQuestions('json.json', [ports, outside])])
    expect(code).toBe(0)
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    const { groups, embedder, aiModel } = JSON.parse(stdout)
    expect({ embedder, aiModel }).toEqual({ embedder: 'none (word search)', aiModel: 'none (quoted from the books)' })
    const [system] = groups[0].systems
    expect(system.refusals).toMatchObject({ falseRefusals: { count: 0, of: 1 }, falseAnswers: { count: 0, of: 1 } })
    expect(system.answers.validCitations.of).toBeGreaterThan(0)
    expect(system.answers.validCitations.count).toBe(system.answers.validCitations.of)
    expect(system.answers.matchedPatterns).toEqual({ count: 1, of: 1 })
  })

  test.each(['', '-q'])('tells of a section and of a phrase that no book has, with the table, also quietly: eval %s', async (quiet) => {
    const lost = { ...ports, sections: [{ file: bookNames.turnbull, title: 'Publishing' }] }
    const path = writeQuestions('lost.json', [lost, volume, { ...volume, id: 'gone', phrase: 'stands in **no** book' }])
    const { code, stdout } = await evaluate('lost', quiet === '' ? [path] : [quiet, path])
    expect(code).toBe(0)
    expect(stdout).toContain(`- Note: Sections that no book has count as missed: lost-001 (${bookNames.turnbull}, "Publishing").`)
    expect(stdout).toContain('- Note: Phrases that no book has count as missed: gone ("stands in **no** book").')
  })

  test.each([
    { name: 'no file', args: [], says: /Name a file of questions to ask your books: \[\{"question": .*"phrase": / },
    { name: 'a file that is not there', args: ['nowhere.json'], says: /nowhere\.json cannot be read/ },
    { name: 'broken JSON', text: '[{', says: /bad\.json is not valid JSON/ },
    {
      name: 'an unknown key',
      text: JSON.stringify([ports, { ...volume, answer: 'x' }]),
      says: /bad\.json, question 2: the key "answer" is unknown/,
    },
  ])('exits 2 and says what is wrong: $name', async ({ args, text, says }) => {
    const { code, stdout, stderr } = await evaluate('bad', args ?? [writeQuestions('bad.json', text ?? '')])
    expect(stderr).toMatch(says)
    expect(stderr).toMatch(/\(USAGE\)/)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})
