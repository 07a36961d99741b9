import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bookNames, createEmptyWorkspace, createOwnWorkspace, snapshot } from '../helpers/cli-corpus.js'
import { getModelFolder } from '../helpers/model-folder.js'

const promised = [
  'books',
  'embedded',
  'embedder',
  'generation',
  'notices',
  'passages',
  'reused',
  'removed',
  'seconds',
  'sections',
  'windows',
].sort()

describe('pilotbook ingest', () => {
  test('prints one object with the promised fields, counts what changed, and writes nothing into the corpus', async () => {
    const workspace = createOwnWorkspace()
    const before = snapshot(workspace.corpus)
    const first = await workspace.run(['ingest', '--json'])
    expect(first.code).toBe(0)
    expect(first.stdout.trimEnd().split('\n')).toHaveLength(1)
    const report = JSON.parse(first.stdout)
    expect(Object.keys(report).sort()).toEqual(promised)
    expect(report).toMatchObject({ books: 4, sections: 11, windows: 0, embedder: null, embedded: 0, reused: 0, removed: 0 })
    expect(report.passages).toBeGreaterThanOrEqual(7)
    expect(report.seconds).toBeGreaterThan(0)
    expect(report.notices.map(({ code }: { code: string }) => code)).toEqual(['EMBEDDING_MODEL_MISSING'])
    expect(first.stderr).toContain(report.notices[0].text)

    const again = JSON.parse((await workspace.run(['ingest', '--json'])).stdout)
    expect(again).toMatchObject({ generation: report.generation, books: 4, passages: report.passages, reused: report.passages, removed: 0 })
    expect(snapshot(workspace.corpus)).toEqual(before)

    rmSync(join(workspace.corpus, 'guide'), { recursive: true })
    appendFileSync(join(workspace.corpus, bookNames.orchestrating), '\n## Overlay networks\n\nAn overlay network joins several hosts.\n')
    const changed = JSON.parse((await workspace.run(['ingest', '--json'])).stdout)
    expect(changed.generation).not.toBe(report.generation)
    expect(changed).toMatchObject({ books: 3, sections: 10, passages: report.passages, reused: report.passages - 1, removed: 1 })

    const told = await workspace.run(['ingest', '-q'])
    expect(told.stderr).toBe('')
    expect(told.stdout).toMatch(/^3 books, 10 sections, \d+ passages \(0 new, \d+ unchanged, 0 removed\) in \d+\.\d s\.\n$/)
  })

  test('embeds what is new only, and names the embedder', async () => {
    const workspace = createOwnWorkspace()
    const env = { PILOTBOOK_MODEL_DIR: await getModelFolder({ layers: 1 }) }
    const first = await workspace.run(['ingest', '--json'], { env })
    const report = JSON.parse(first.stdout)
    expect(report).toMatchObject({ books: 4, embedded: report.passages, reused: 0, notices: [] })
    expect(report.embedder).toMatch(/q8/)
    expect(report.windows).toBeGreaterThanOrEqual(report.passages)
    appendFileSync(join(workspace.corpus, bookNames.orchestrating), '\n## Overlay networks\n\nAn overlay network joins several hosts.\n')
    const changed = JSON.parse((await workspace.run(['ingest', '--json'], { env })).stdout)
    expect(changed).toMatchObject({ embedded: 1, reused: report.passages, removed: 0, passages: report.passages + 1 })

    const found = JSON.parse((await workspace.run(['search', '--json', '-k', '3', 'overlay network'], { env })).stdout)
    expect(found.passages[0].scores.dense.rank).toBeGreaterThan(0)
    const wordsAlone = await workspace.run(['ask', 'What does a bridge network do?'])
    expect(wordsAlone.code).toBe(0)
    expect(wordsAlone.stderr).toMatch(/index has vectors, but the embedding model is not here/)
    expect(wordsAlone.stdout).toContain('Embedding Model: none (word search)')

    const otherDtype = {
      ...env,
      PILOTBOOK_MODEL_DIR: await getModelFolder({ layers: 1, dtype: 'fp32' }),
      PILOTBOOK_EMBEDDING_DTYPE: 'fp32',
    }
    const refused = await workspace.run(['search', 'overlay network'], { env: otherDtype })
    expect(refused.code).toBe(3)
    expect(refused.stderr).toMatch(/does not fit: its vectors were made by .*INDEX_MISMATCH/s)
  })

  test('leaves out files that cannot be read, names each, and ingests the others', async () => {
    const workspace = createOwnWorkspace()
    const write = (name: string, content: string | Buffer) => writeFileSync(join(workspace.corpus, name), content)
    write('latin.md', Buffer.from('# Caf\u00e9\n\nContainers in a caf\u00e9.\n', 'latin1'))
    write('binary.md', Buffer.from([0x23, 0x20, 0, 1, 2, 3, 0xff]))
    write('empty.md', '')
    write('front-matter.md', '---\ntitle: Nothing else\n---\n')
    write('notes.txt', 'Not a book.')
    write('one-line.md', `# One line\n\n${'A container is a process with walls around it. '.repeat(20_000)}`)
    const { code, stdout, stderr } = await workspace.run(['ingest', '--json'])
    expect(code).toBe(0)
    const report = JSON.parse(stdout)
    expect(report.books).toBe(5)
    for (const name of ['latin.md', 'binary.md', 'empty.md', 'front-matter.md', 'notes.txt']) {
      expect(report.notices.filter(({ text }: { text: string }) => text.includes(`"${name}"`))).toHaveLength(1)
      expect(stderr).toContain(`"${name}"`)
    }
    const found = JSON.parse((await workspace.run(['search', '--json', '-k', '1', 'process with walls'])).stdout)
    expect(found.passages[0]).toMatchObject({ file: 'one-line.md', startLine: 3, endLine: 3 })
    expect(found.passages[0].text.length).toBeLessThan(3000)
  })

  test('refuses a corpus that is missing or holds no book', async () => {
    const missing = createOwnWorkspace(createEmptyWorkspace)
    const nowhere = await missing.run(['ask', 'What is an image?'])
    expect(nowhere).toMatchObject({ code: 3, stdout: '' })
    expect(nowhere.stderr).toContain(`The corpus folder ${missing.corpus} does not exist.`)
    mkdirSync(missing.corpus)
    writeFileSync(join(missing.corpus, 'empty.md'), '')
    const empty = await missing.run(['ingest', '--json'])
    expect(empty.code).toBe(3)
    expect(JSON.parse(empty.stdout).error.code).toBe('CORPUS_EMPTY')
    expect(empty.stderr).toMatch(/holds no book that can be read.*→ Put Markdown or PDF books into it/s)
  })
})
