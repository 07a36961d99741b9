import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../src/core/errors/app-error.js'
import type { Embedder } from '../../../src/core/ports/embedder.js'
import type { IngestProgress } from '../../../src/ingest/ingest.js'
import { readCurrentGeneration } from '../../../src/library/generations.js'
import { generationFiles, pointerFile } from '../../../src/library/index-format.js'
import { openLibrary } from '../../../src/library/open-library.js'
import { createFakeEmbedder } from '../../helpers/fake-embedder.js'
import { createSmallLibrary, flipBit, paragraph, type SmallLibrary, smallBooks } from '../../helpers/sailing-library.js'
import { writeFiles } from '../../helpers/temporary-folder.js'

const cranes = 'harbour/cranes.md'
const changedCranes = { [cranes]: `${smallBooks[cranes]}\n## Hooks\n\n${paragraph('hooks')}\n` }

/** Everything an ingest leaves in the index folder but the readme. */
const listIndex = async ({ indexDir }: SmallLibrary) => (await readdir(indexDir)).filter((name) => name !== 'readers').sort()

async function readVectors({ indexDir }: SmallLibrary): Promise<ReadonlyMap<string, readonly number[]>> {
  const library = await openLibrary(indexDir)
  const { vectors, dimension, windowPassages } = await library.loadVectors()
  const ids = library.passageIds()
  const found = new Map<string, number[]>()
  windowPassages.forEach((passage, window) => {
    const id = ids[passage] ?? ''
    found.set(id, [...(found.get(id) ?? []), ...vectors.subarray(window * dimension, (window + 1) * dimension)])
  })
  await library.close()
  return found
}

async function expectServing(small: SmallLibrary, generation: string): Promise<void> {
  expect(await listIndex(small)).toEqual([pointerFile, generation])
  const library = await openLibrary(small.indexDir)
  await library.verify()
  expect(library.manifest.generation).toBe(generation)
  await library.close()
}

describe('a first ingest', () => {
  it('reports the totals of the new generation, which its manifest holds too', async () => {
    const embedder = createFakeEmbedder({ maxWindowTokens: 60 })
    const small = await createSmallLibrary(smallBooks, embedder)
    const report = await small.ingest()
    const library = await openLibrary(small.indexDir)
    const { windows, passages } = report
    expect(report).toMatchObject({ books: 2, embedder: 'fake/words', embedded: passages, reused: 0, removed: 0, seconds: 0, notices: [] })
    expect(library.passageCount).toBe(passages)
    expect(windows).toBe(embedder.embedded.length)
    expect(windows).toBeGreaterThan(passages)
    expect(library.manifest).toMatchObject({
      generation: report.generation,
      createdAt: '2024-05-06T07:08:09.000Z',
      corpus: '../corpus',
      embedder: { id: 'fake/words', dimension: 64 },
      counts: { books: 2, sections: report.sections, passages, windows },
    })
    await library.close()
    await expectServing(small, report.generation)
  })

  it('makes an index of words alone without an embedder', async () => {
    const small = await createSmallLibrary()
    const report = await small.ingest()
    expect(report).toMatchObject({ embedder: null, windows: 0, embedded: 0, reused: 0 })
    expect(await readdir(join(small.indexDir, report.generation))).not.toContain(generationFiles.vectors)
  })

  it('records every source file with its hash, also one that was left out, and says which', async () => {
    const small = await createSmallLibrary()
    await writeFile(join(small.corpusDir, 'binary.md'), Buffer.from([0, 159, 146, 150, 0, 1, 2, 3]))
    const report = await small.ingest()
    const library = await openLibrary(small.indexDir)
    expect(library.manifest.sources.map(({ path }) => path).sort()).toEqual([...Object.keys(smallBooks), 'binary.md'].sort())
    for (const { sha256 } of library.manifest.sources) expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(report.notices).toContainEqual(expect.objectContaining({ text: expect.stringContaining('binary.md') }))
    await library.close()
    expect((await small.ingest()).notices).toEqual(report.notices)
  })

  it('tells its steps in order, each up to its total', async () => {
    const small = await createSmallLibrary(smallBooks, createFakeEmbedder())
    const seen: IngestProgress[] = []
    await small.ingest({}, { onProgress: (progress) => seen.push(progress) })
    expect([...new Set(seen.map(({ step }) => step))]).toEqual(['load', 'split', 'embed', 'index'])
    for (const step of ['load', 'split', 'embed', 'index'] as const) {
      const last = seen.findLast((progress) => progress.step === step)
      expect(last?.done).toBe(last?.total)
    }
  })

  it('leaves the corpus as it was', async () => {
    const small = await createSmallLibrary()
    const before = (await readdir(small.corpusDir, { recursive: true })).sort()
    await small.ingest()
    expect((await readdir(small.corpusDir, { recursive: true })).sort()).toEqual(before)
  })

  it.each(['CORPUS_MISSING', 'CORPUS_EMPTY'] as const)('says %s and leaves neither lock nor generation', async (code) => {
    const small = await createSmallLibrary(code === 'CORPUS_EMPTY' ? { 'empty.md': '' } : {})
    await expect(small.ingest()).rejects.toMatchObject({ code })
    expect(await listIndex(small)).toEqual([])
  })
})

describe('a second ingest', () => {
  it('builds and embeds nothing when nothing changed, and reports all as reused', async () => {
    const embedder = createFakeEmbedder()
    const small = await createSmallLibrary(smallBooks, embedder)
    const first = await small.ingest()
    const embedded = embedder.embedded.length
    const second = await small.ingest()
    expect(second).toEqual({ ...first, embedded: 0, reused: first.passages })
    expect(embedder.embedded).toHaveLength(embedded)
    await expectServing(small, first.generation)
  })

  it('embeds only what changed and keeps ids and vectors of the rest', async () => {
    const embedder = createFakeEmbedder()
    const small = await createSmallLibrary(smallBooks, embedder)
    const first = await small.ingest()
    const before = await readVectors(small)
    const embedded = embedder.embedded.length
    await writeFiles(small.corpusDir, changedCranes)
    const second = await small.ingest()
    const after = await readVectors(small)
    expect(second).toMatchObject({ reused: first.passages, removed: 0, embedded: second.passages - first.passages })
    expect(second.embedded).toBeGreaterThan(0)
    for (const text of embedder.embedded.slice(embedded)) expect(text).toContain('hooks')
    for (const [id, vector] of before) expect(after.get(id)).toEqual(vector)
    await expectServing(small, second.generation)
  })

  it('keeps ids and vectors of passages that only moved within their book', async () => {
    const embedder = createFakeEmbedder()
    const small = await createSmallLibrary(smallBooks, embedder)
    await small.ingest()
    const before = await readVectors(small)
    await writeFiles(small.corpusDir, { [cranes]: `# Winches\n\n${paragraph('winches')}\n\n${smallBooks[cranes]}` })
    await small.ingest()
    const after = await readVectors(small)
    for (const [id, vector] of before) expect(after.get(id)).toEqual(vector)
  })

  it('forgets a removed file and counts its passages', async () => {
    const small = await createSmallLibrary(smallBooks, createFakeEmbedder())
    const first = await small.ingest()
    await rm(join(small.corpusDir, cranes))
    const second = await small.ingest()
    expect(second.removed).toBeGreaterThan(0)
    expect(second).toMatchObject({ passages: first.passages - second.removed, reused: second.passages, embedded: 0 })
    const library = await openLibrary(small.indexDir)
    expect(library.books.flatMap(({ files }) => files.map(({ path }) => path))).not.toContain(cranes)
    await library.close()
  })

  it.each([
    ['another embedder', createFakeEmbedder({ id: 'fake/other' })],
    ['another width of the vectors', createFakeEmbedder({ id: 'fake/wide', dimension: 32 })],
  ])('makes all vectors anew for %s', async (_, embedder) => {
    const small = await createSmallLibrary(smallBooks, createFakeEmbedder())
    const first = await small.ingest()
    const second = await small.ingest({ embedder })
    expect(second).toMatchObject({ embedder: embedder.id, embedded: first.passages, reused: 0 })
    expect(embedder.embedded.length).toBeGreaterThan(0)
  })

  it('names files that are no books also when nothing else changed', async () => {
    const small = await createSmallLibrary(smallBooks)
    const { generation } = await small.ingest()
    await writeFiles(small.corpusDir, { 'novel.epub': 'no book of ours' })
    const again = await small.ingest()
    expect(again.generation).toBe(generation)
    expect(again.notices.map(({ text }) => text).join()).toContain('novel.epub')
  })

  it('leaves an index with vectors alone when the embedder is gone and no book changed', async () => {
    const small = await createSmallLibrary(smallBooks)
    const first = await small.ingest({ embedder: createFakeEmbedder() })
    expect(await small.ingest()).toMatchObject({
      generation: first.generation,
      embedder: 'fake/words',
      embedded: 0,
      reused: first.passages,
    })
  })

  it('keeps the vectors unused when the embedder is gone and a book changed, and takes them up when it is back', async () => {
    const small = await createSmallLibrary(smallBooks)
    const first = await small.ingest({ embedder: createFakeEmbedder() })
    await writeFiles(small.corpusDir, { 'new.md': `# New\n\n${paragraph('compass')}` })
    expect(await small.ingest()).toMatchObject({ embedder: null, windows: 0, embedded: 0, reused: first.passages })
    const back = createFakeEmbedder()
    expect(await small.ingest({ embedder: back })).toMatchObject({ embedder: 'fake/words', embedded: 1, reused: first.passages })
    expect(back.embedded.every((text) => text.includes('compass'))).toBe(true)
  })

  it.each(Object.values(generationFiles))('builds a damaged index again: %s', async (name) => {
    const small = await createSmallLibrary(smallBooks, createFakeEmbedder())
    const first = await small.ingest()
    await flipBit(join(small.indexDir, first.generation, name))
    const second = await small.ingest()
    expect(second).toMatchObject({ passages: first.passages, embedded: first.passages, reused: 0 })
    await expectServing(small, second.generation)
  })

  it('builds again over a pointer that cannot be read', async () => {
    const small = await createSmallLibrary()
    await small.ingest()
    await writeFile(join(small.indexDir, pointerFile), 'garbage')
    await expectServing(small, (await small.ingest()).generation)
  })

  it('leaves what is not its own in the index folder', async () => {
    const small = await createSmallLibrary()
    await writeFiles(small.indexDir, { 'README.md': 'stays', 'notes/a.txt': 'stays' })
    await small.ingest()
    await writeFiles(small.corpusDir, changedCranes)
    await small.ingest()
    expect(await readFile(join(small.indexDir, 'README.md'), 'utf8')).toBe('stays')
    expect(await readFile(join(small.indexDir, 'notes/a.txt'), 'utf8')).toBe('stays')
  })
})

describe('an ingest that does not reach its end', () => {
  const steps = ['load', 'split', 'embed', 'index'] as const

  it.each(steps)('leaves the earlier generation serving and no lock when it is cancelled in the step %s', async (step) => {
    const small = await createSmallLibrary(smallBooks, createFakeEmbedder())
    const first = await small.ingest()
    await writeFiles(small.corpusDir, changedCranes)
    const controller = new AbortController()
    const reason = new Error('stopped by the test')
    const onProgress = (progress: IngestProgress) => (progress.step === step ? controller.abort(reason) : undefined)
    await expect(small.ingest({}, { signal: controller.signal, onProgress })).rejects.toBe(reason)
    await expectServing(small, first.generation)
    expect((await small.ingest()).passages).toBeGreaterThan(first.passages)
  })

  it('leaves nothing behind when the very first one is cancelled', async () => {
    const small = await createSmallLibrary()
    await expect(small.ingest({}, { signal: AbortSignal.abort(new Error('at once')) })).rejects.toThrow('at once')
    expect(await listIndex(small)).toEqual([])
  })

  it('leaves the earlier generation serving when the embedder fails midway', async () => {
    const fake = createFakeEmbedder()
    const small = await createSmallLibrary(smallBooks, fake)
    const first = await small.ingest()
    await writeFiles(small.corpusDir, changedCranes)
    const broken: Embedder = {
      ...fake,
      embed: async (texts, { onProgress } = {}) => {
        onProgress?.(Math.floor(texts.length / 2))
        throw new AppError('EMBEDDING_FAILED', { problem: 'the model broke' })
      },
    }
    await expect(small.ingest({ embedder: broken })).rejects.toMatchObject({ code: 'EMBEDDING_FAILED' })
    await expectServing(small, first.generation)
  })

  it('leaves the earlier generation serving when the vector file cannot be written', async () => {
    const small = await createSmallLibrary(smallBooks, createFakeEmbedder())
    const first = await small.ingest()
    await writeFiles(small.corpusDir, changedCranes)
    const writeVectorFile = async ({ path }: { path: string }) => {
      await writeFile(path, 'half')
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    }
    await expect(small.ingest({ writeVectorFile })).rejects.toMatchObject({ code: 'INDEX_NOT_WRITABLE', details: { path: small.indexDir } })
    await expectServing(small, first.generation)
  })

  it('never lets the pointer name a generation that is not whole', async () => {
    const small = await createSmallLibrary(smallBooks, createFakeEmbedder())
    const first = await small.ingest()
    await writeFiles(small.corpusDir, changedCranes)
    const seen: (string | undefined)[] = []
    const writeVectorFile = async ({ path }: { path: string }) => {
      seen.push(await readCurrentGeneration(small.indexDir))
      expect(existsSync(join(path, '..', generationFiles.manifest))).toBe(false)
      return 'not needed' as const
    }
    const second = await small.ingest({ writeVectorFile })
    expect(seen).toEqual([first.generation])
    await expectServing(small, second.generation)
  })

  it('removes the half generation of a process that was killed', async () => {
    const small = await createSmallLibrary()
    const first = await small.ingest()
    await writeFiles(small.indexDir, { 'g-20240101T000000-0000aa/texts.bin': 'half' })
    await small.ingest()
    await expectServing(small, first.generation)
  })

  it('releases its lock also when the readers of the index cannot be registered', async () => {
    const small = await createSmallLibrary()
    await small.ingest()
    await rm(join(small.indexDir, 'readers'), { recursive: true, force: true })
    await writeFile(join(small.indexDir, 'readers'), 'a file in the way')
    await expect(small.ingest()).rejects.toThrow()
    expect(existsSync(join(small.indexDir, 'ingest.lock'))).toBe(false)
  })
})

describe('two ingests at once', () => {
  it('refuses the second with INGEST_RUNNING while the first goes on', async () => {
    const small = await createSmallLibrary(smallBooks, createFakeEmbedder())
    const results = await Promise.allSettled([small.ingest(), small.ingest()])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'INGEST_RUNNING' } })
    await expectServing(small, (await readCurrentGeneration(small.indexDir)) ?? '')
  })
})
