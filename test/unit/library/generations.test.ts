import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  makeCurrent,
  nameGeneration,
  readCurrentGeneration,
  registerReader,
  removeOldGenerations,
} from '../../../src/library/generations.js'
import { openLibrary } from '../../../src/library/open-library.js'
import { findDeadProcess } from '../../helpers/dead-process.js'
import { createFakeEmbedder } from '../../helpers/fake-embedder.js'
import { createSmallLibrary, paragraph } from '../../helpers/sailing-library.js'
import { createTemporaryFolder, writeFiles } from '../../helpers/temporary-folder.js'

const older = 'g-20240101T000000-0000aa'
const newer = 'g-20240102T000000-0000bb'

async function makeGenerations(current?: string): Promise<string> {
  const indexDir = await createTemporaryFolder()
  await writeFiles(indexDir, { [`${older}/manifest.json`]: '{}', [`${newer}/manifest.json`]: '{}', 'README.md': 'stays' })
  if (current !== undefined) await makeCurrent(indexDir, current)
  return indexDir
}

const generationsIn = async (indexDir: string) => (await readdir(indexDir)).filter((name) => name.startsWith('g-')).sort()
const lease = (indexDir: string, { pid, host = hostname() }: { pid: number; host?: string }) =>
  writeFiles(indexDir, { [`readers/${older}~${pid}~abcdef~${encodeURIComponent(host)}`]: '' })

describe('nameGeneration', () => {
  it('names a later generation so that it sorts behind', () => {
    const names = ['2024-05-06T07:08:09.9Z', '2024-05-06T07:08:10Z', '2025-01-01T00:00:00Z'].map((time) => nameGeneration(new Date(time)))
    expect(names).toEqual([...names].sort())
  })

  it('never gives the same name twice within a second', () => {
    const now = new Date()
    expect(nameGeneration(now)).not.toBe(nameGeneration(now))
  })
})

describe('makeCurrent', () => {
  it('replaces the generation in use and leaves no draft behind', async () => {
    const indexDir = await makeGenerations(older)
    expect(await readCurrentGeneration(indexDir)).toBe(older)
    await makeCurrent(indexDir, newer)
    expect(await readCurrentGeneration(indexDir)).toBe(newer)
    expect((await readdir(indexDir)).filter((name) => name.includes('partial'))).toEqual([])
  })

  it('does not point to a generation without a manifest', async () => {
    const indexDir = await makeGenerations(older)
    await mkdir(join(indexDir, 'g-20240103T000000-0000cc'))
    await expect(makeCurrent(indexDir, 'g-20240103T000000-0000cc')).rejects.toThrow()
    expect(await readCurrentGeneration(indexDir)).toBe(older)
  })

  it('says INDEX_NOT_WRITABLE when the pointer cannot be replaced', async () => {
    const indexDir = await makeGenerations()
    await mkdir(join(indexDir, 'current.json', 'in-the-way'), { recursive: true })
    await expect(makeCurrent(indexDir, older)).rejects.toMatchObject({ code: 'INDEX_NOT_WRITABLE', details: { path: indexDir } })
  })
})

describe('removeOldGenerations', () => {
  it('removes what is not in use, half-built ones and drafts, and nothing else', async () => {
    const indexDir = await makeGenerations(newer)
    await writeFile(join(indexDir, 'current.json.1.partial'), '')
    await removeOldGenerations(indexDir)
    expect((await readdir(indexDir)).sort()).toEqual(['README.md', 'current.json', newer])
  })

  it('keeps a generation that a living process reads, until it says that it is done', async () => {
    const indexDir = await makeGenerations(newer)
    const done = await registerReader(indexDir, older)
    await removeOldGenerations(indexDir)
    expect(await generationsIn(indexDir)).toEqual([older, newer])
    await done()
    await removeOldGenerations(indexDir)
    expect(await generationsIn(indexDir)).toEqual([newer])
  })

  it('keeps it as long as one of several readers is left', async () => {
    const indexDir = await makeGenerations(newer)
    const [first, second] = [await registerReader(indexDir, older), await registerReader(indexDir, older)]
    await first()
    await removeOldGenerations(indexDir)
    expect(await generationsIn(indexDir)).toEqual([older, newer])
    await second()
  })

  it('keeps a generation that another living process reads', async () => {
    const indexDir = await makeGenerations(newer)
    await lease(indexDir, { pid: process.ppid })
    await removeOldGenerations(indexDir)
    expect(await generationsIn(indexDir)).toEqual([older, newer])
  })

  it('forgets a reader that died, with its generation', async () => {
    const indexDir = await makeGenerations(newer)
    await lease(indexDir, { pid: findDeadProcess() })
    await removeOldGenerations(indexDir)
    expect(await generationsIn(indexDir)).toEqual([newer])
    expect(await readdir(join(indexDir, 'readers'))).toEqual([])
  })

  it('keeps a generation read on another machine, which cannot be asked', async () => {
    const indexDir = await makeGenerations(newer)
    await lease(indexDir, { pid: findDeadProcess(), host: 'another machine/2' })
    await removeOldGenerations(indexDir)
    expect(await generationsIn(indexDir)).toEqual([older, newer])
  })

  it('survives a foreign file among the readers', async () => {
    const indexDir = await makeGenerations(newer)
    await writeFiles(indexDir, { 'readers/.DS_Store': '', 'readers/a~1~b~%': '' })
    await removeOldGenerations(indexDir)
    expect(await generationsIn(indexDir)).toEqual([newer])
  })
})

describe('a reader of the earlier generation', () => {
  it('reads on, vectors included, after an ingest has replaced it', async () => {
    const small = await createSmallLibrary(undefined, createFakeEmbedder())
    const first = await small.ingest()
    const library = await openLibrary(small.indexDir)
    const before = library.passage(0)
    await writeFiles(small.corpusDir, { 'new.md': `# New\n\n${paragraph('new things')}\n` })
    const second = await small.ingest()
    expect(second.generation).not.toBe(first.generation)
    expect(library.passage(0)).toEqual(before)
    await expect(library.verify()).resolves.toBeUndefined()
    await expect(library.loadVectors()).resolves.toMatchObject({ dimension: 64 })
    await library.close()
    await removeOldGenerations(small.indexDir)
    expect(existsSync(join(small.indexDir, first.generation))).toBe(false)
  })

  it('opens the new generation when the one it was sent to is gone in the meantime', async () => {
    const small = await createSmallLibrary()
    const first = await small.ingest()
    await writeFiles(small.corpusDir, { 'new.md': `# New\n\n${paragraph('new things')}\n` })
    const opening = openLibrary(small.indexDir)
    const second = await small.ingest()
    const library = await opening
    expect([first.generation, second.generation]).toContain(library.manifest.generation)
    await expect(library.verify()).resolves.toBeUndefined()
    await library.close()
  })

  it('can be moved together with its corpus', async () => {
    const small = await createSmallLibrary()
    await small.ingest()
    const moved = `${small.indexDir}-moved`
    await rename(small.indexDir, moved)
    const library = await openLibrary(moved)
    expect(library.manifest.corpus).toBe('../corpus')
    await library.close()
  })
})
