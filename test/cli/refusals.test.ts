import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOwnWorkspace, createWorkspace, snapshot, type Workspace } from '../helpers/cli-corpus.js'
import { getModelFolder } from '../helpers/model-folder.js'
import { runCli, startCli } from '../helpers/run-cli.js'

let workspace: Workspace

beforeAll(async () => {
  workspace = createWorkspace()
  await workspace.run(['ingest'])
})
afterAll(() => workspace.remove())

describe('a command line that cannot be meant', () => {
  test.each([
    { name: 'an unknown flag', args: ['ask', '--jsno', 'x'], says: /unknown option '--jsno'\n\(Did you mean --json\?\)/ },
    { name: 'an unknown command', args: ['serch', 'x'], says: /unknown command 'serch'\n\(Did you mean search\?\)/ },
    { name: 'no command', args: [], says: /Usage: pilotbook/ },
    { name: 'no question', args: ['ask'], says: /missing required argument 'question'/ },
    { name: 'a -k of zero', args: ['search', '-k', '0', 'x'], says: /-k is 0; it takes a whole number from 1 to 500\..*\(USAGE\)/s },
    { name: 'a -k above the limit', args: ['search', '-k', '501', 'x'], says: /-k is 501; it takes/ },
    { name: 'a -k that is no number', args: ['ask', '-k', '3.5', 'x'], says: /-k is "3\.5"; it takes a whole number/ },
    { name: 'a year that is none', args: ['ask', '--year', '2019-2015', 'x'], says: /--year is "2019-2015"; it takes a year/ },
    {
      name: 'a time limit of nothing',
      args: ['ask', '--timeout', '0', 'x'],
      says: /--timeout is "0"; it takes a number of seconds above 0/,
    },
    { name: 'an extra word', args: ['doctor', 'nonsense'], says: /too many arguments/ },
  ])('exits 2 and says what it takes: $name', async ({ args, says }) => {
    const { code, stdout, stderr } = await runCli(args, { cwd: workspace.dir })
    expect(stderr).toMatch(says)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  test.each([
    { name: 'empty', question: '', code: 'QUESTION_EMPTY' },
    { name: 'white space', question: ' \n\t ', code: 'QUESTION_EMPTY' },
    { name: 'control characters only', question: '\u0001\u001b\u0007', code: 'QUESTION_EMPTY' },
    { name: '110 kB', question: 'container '.repeat(11_000), code: 'QUESTION_TOO_LONG' },
  ])('exits 2 for a question that is $name', async ({ question, code }) => {
    const asked = await workspace.run(['ask', '--json', question])
    expect(asked.code).toBe(2)
    expect(JSON.parse(asked.stdout).error.code).toBe(code)
    expect(asked.stderr).toMatch(new RegExp(`^Error: .*\\n {2}→ .* \\(${code}\\)\\n$`))
  })
})

describe('an index that does not serve', () => {
  interface Damage {
    readonly name: string
    readonly code: string
    readonly damage: (index: string, generation: string) => void
  }

  const damages: readonly Damage[] = [
    {
      name: 'of an older schema',
      code: 'INDEX_OLD_SCHEMA',
      damage: (_, generation) => {
        const path = join(generation, 'manifest.json')
        writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), schemaVersion: 0 }))
      },
    },
    { name: 'truncated', code: 'INDEX_DAMAGED', damage: (_, generation) => truncateSync(join(generation, 'texts.bin'), 100) },
    {
      name: 'with a truncated manifest',
      code: 'INDEX_DAMAGED',
      damage: (_, generation) => truncateSync(join(generation, 'manifest.json'), 100),
    },
    { name: 'with a damaged pointer', code: 'INDEX_DAMAGED', damage: (index) => writeFileSync(join(index, 'current.json'), '{"gen') },
    {
      name: 'whose generation is gone',
      code: 'INDEX_DAMAGED',
      damage: (_, generation) => rmSync(generation, { recursive: true }),
    },
  ]

  test.each(damages)('exits 3 for an index $name, and an ingest mends it', async ({ damage, code }) => {
    const own = createOwnWorkspace()
    cpSync(workspace.corpus, own.corpus, { recursive: true })
    await own.run(['ingest'])
    damage(own.index, generationOf(own))
    for (const args of [
      ['search', 'volume'],
      ['ask', '-'],
      ['serve', '--port', '0'],
    ]) {
      const refused = await own.run(args, { input: 'What is a volume?\n' })
      expect(refused).toMatchObject({ code: 3, stdout: '' })
      expect(refused.stderr).toMatch(new RegExp(`→ Run \`pilotbook ingest\`.*\\(${code}\\)`))
    }
    expect((await own.run(['ingest', '-q'])).code).toBe(0)
    expect((await own.run(['search', 'volume'])).code).toBe(0)
  })

  test('exits 3 when one byte of any file is flipped', async () => {
    const generation = generationOf(workspace)
    for (const name of readdirSync(generation).filter((file) => file !== 'manifest.json')) {
      const path = join(generation, name)
      const whole = readFileSync(path)
      const flipped = Buffer.from(whole)
      flipped[whole.length >> 1] = (whole[whole.length >> 1] ?? 0) ^ 1
      writeFileSync(path, flipped)
      const { code, stdout, stderr } = await workspace.run(['search', '--json', 'volume'])
      writeFileSync(path, whole)
      expect(stderr).toContain(`The index file ${path} is damaged: its checksum differs from the manifest.`)
      expect({ code, error: JSON.parse(stdout).error.code }).toEqual({ code: 3, error: 'INDEX_DAMAGED' })
    }
  })

  test('exits 3 for the index of another corpus folder, naming both', async () => {
    const other = createOwnWorkspace()
    const args = ['--corpus', other.corpus, '--index', workspace.index]
    const before = snapshot(generationOf(workspace))
    const { code, stderr } = await runCli(['ask', ...args, 'What is a volume?'])
    expect(code).toBe(3)
    expect(stderr).toContain(`it was built from ${workspace.corpus}, not from ${other.corpus}.`)
    expect(snapshot(generationOf(workspace))).toEqual(before)
  })

  test('serves questions from an index that lies in another place together with its corpus', async () => {
    const moved = createOwnWorkspace()
    rmSync(moved.corpus, { recursive: true })
    cpSync(workspace.corpus, moved.corpus, { recursive: true, preserveTimestamps: true })
    cpSync(workspace.index, moved.index, { recursive: true })
    const { code, stdout } = await moved.run(['ask', '--json', 'What is a volume?'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout).notices.map(({ code }: { code: string }) => code)).not.toContain('BOOK_CHANGED')
  })
})

describe('settings that do not serve', () => {
  test('exits 3 for a model folder that is incomplete or of another dimension, naming what is wrong', async () => {
    const own = createOwnWorkspace()
    const incomplete = join(own.dir, 'model')
    cpSync(await getModelFolder({ layers: 1 }), incomplete, { recursive: true })
    rmSync(join(incomplete, 'tokenizer.json'))
    const lacking = await own.run(['ingest'], { env: { PILOTBOOK_MODEL_DIR: incomplete } })
    expect(lacking.code).toBe(3)
    expect(lacking.stderr).toMatch(/lacks tokenizer\.json\..*MODEL_FOLDER_INCOMPLETE/s)
    const small = await own.run(['ingest'], { env: { PILOTBOOK_MODEL_DIR: await getModelFolder({ layers: 1, dimension: 96 }) } })
    expect(small.code).toBe(3)
    expect(small.stderr).toMatch(/cannot be used: .*96.*384.*MODEL_UNUSABLE|cannot be used: .*384.*96.*MODEL_UNUSABLE/s)
    expect(existsSync(join(own.index, 'current.json'))).toBe(false)
    expect(existsSync(join(own.index, 'ingest.lock'))).toBe(false)
  })

  test.each([
    { name: 'PILOTBOOK_EMBEDDING_DTYPE', value: 'q3' },
    { name: 'PILOTBOOK_OFFLINE', value: 'maybe' },
    { name: 'PORT', value: '70000' },
  ])('exits 3 for $name=$value, naming the setting and what it takes', async ({ name, value }) => {
    const { code, stderr } = await workspace.run(['search', 'volume'], { env: { [name]: value } })
    expect(code).toBe(3)
    expect(stderr).toMatch(new RegExp(`${name} is "${value}", which is not .*SETTING_INVALID`, 's'))
  })

  test('exits 1 when the index folder cannot be written, naming it', async () => {
    const own = createOwnWorkspace()
    const file = join(own.dir, 'file')
    writeFileSync(file, '')
    const { code, stderr } = await runCli(['ingest', '--corpus', own.corpus, '--index', join(file, 'index')])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^Error: The index folder .*index cannot be written: .*INDEX_NOT_WRITABLE/ms)
  })

  // A superuser may write everywhere, and Windows has no such bits.
  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('answers from an index in a folder that is read-only', async () => {
    const own = createOwnWorkspace()
    await own.run(['ingest'])
    const folders = [generationOf(own), join(own.index, 'readers'), own.index]
    for (const folder of folders) chmodSync(folder, 0o555)
    try {
      expect((await own.run(['ask', 'What is a volume?'])).code).toBe(0)
      const { code, stderr } = await own.run(['ingest'])
      expect({ code, known: stderr.includes('(INDEX_NOT_WRITABLE)') }).toEqual({ code: 1, known: true })
    } finally {
      for (const folder of folders) chmodSync(folder, 0o755)
    }
  })

  test('exits 0 when the reader of its output goes away', async () => {
    const running = startCli(['search', '--corpus', workspace.corpus, '--index', workspace.index, '--json', '-'], {
      input: 'volume network port compose\n'.repeat(2000),
    })
    await running.waitFor('stdout', /\n/)
    running.child.stdout?.destroy()
    expect((await running.ended).code).toBe(0)
  })
})

function generationOf({ index }: Workspace): string {
  const name = readdirSync(index).find((entry) => entry.startsWith('g-'))
  if (name === undefined) throw new Error('There is no generation.')
  return join(index, name)
}
