import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBookFolder } from '../../../src/adapters/book-files/create-book-folder.js'
import { embedPassages } from '../../../src/ingest/embed-passages/embed-passages.js'
import { loadBooks } from '../../../src/ingest/load-books/load-books.js'
import { splitPassages } from '../../../src/ingest/split-passages/split-passages.js'
import { makeCurrent, readCurrentGeneration } from '../../../src/library/generations.js'
import { generationFiles, pointerFile, schemaVersion } from '../../../src/library/index-format.js'
import { openEarlierLibrary, openLibrary } from '../../../src/library/open-library.js'
import { createFakeEmbedder } from '../../helpers/fake-embedder.js'
import { createSmallLibrary, flipBit, type SmallLibrary } from '../../helpers/sailing-library.js'
import { createTemporaryFolder } from '../../helpers/temporary-folder.js'

async function readOriginals({ corpusDir }: SmallLibrary) {
  const { books } = await loadBooks(createBookFolder(corpusDir))
  const passages = (await Promise.all(books.map((book) => splitPassages(book)))).flat()
  return { books, passages }
}

async function generationFolder(indexDir: string): Promise<string> {
  return join(indexDir, (await readCurrentGeneration(indexDir)) ?? 'none')
}

describe('a generation that was written and opened again', () => {
  it.each(['without vectors', 'with vectors'])('gives back the same books, sections and passages (%s)', async (kind) => {
    const small = await createSmallLibrary(undefined, kind === 'with vectors' ? createFakeEmbedder() : undefined)
    await small.ingest()
    const { books, passages } = await readOriginals(small)
    const library = await openLibrary(small.indexDir)
    expect(library.passageCount).toBe(passages.length)
    expect(passages.map((_, number) => library.passage(number))).toEqual(passages)
    expect(library.passageIds()).toEqual(passages.map(({ id }) => id))
    expect(library.books.map(({ title, year, name }) => ({ title, year, name }))).toEqual(
      books.map(({ title, year, name }) => ({ title, year, name })),
    )
    for (const [at, book] of books.entries()) {
      const files = book.files.map(({ path }) => path)
      const sections = book.sections.map(({ asks: _, bodyOffset: __, file, ...section }) => ({ ...section, file: files.indexOf(file) }))
      expect(library.books[at]?.sections).toEqual(sections)
      expect(library.countPassages().get(book.id)).toBe(passages.filter(({ bookId }) => bookId === book.id).length)
    }
    await library.close()
  })

  it('holds every file as it was read, and every passage is a slice of it', async () => {
    const small = await createSmallLibrary()
    await small.ingest()
    const { books } = await readOriginals(small)
    const library = await openLibrary(small.indexDir)
    for (const { path, text } of books.flatMap(({ files }) => files)) expect(library.fileText(path)).toBe(text)
    for (let number = 0; number < library.passageCount; number++) {
      const { file, startOffset, endOffset, text, cleanText } = library.passage(number)
      expect(library.fileText(file).slice(startOffset, endOffset)).toBe(text)
      expect(library.cleanTextOf(number)).toBe(cleanText)
    }
    await library.close()
  })

  it('gives back every vector with its window key and its passage', async () => {
    const embedder = createFakeEmbedder({ maxWindowTokens: 40 })
    const small = await createSmallLibrary(undefined, embedder)
    await small.ingest()
    const { passages } = await readOriginals(small)
    const expected = await embedPassages({ passages, embedder, known: new Map() })
    const library = await openLibrary(small.indexDir)
    const loaded = await library.loadVectors()
    expect(loaded.dimension).toBe(embedder.dimension)
    expect(loaded.vectors).toEqual(expected.vectors)
    expect(await library.loadWindowKeys()).toEqual(expected.windowKeys)
    expect([...loaded.windowPassages]).toEqual(expected.windowCounts.flatMap((count, passage) => Array(count).fill(passage)))
    expect(Math.max(...expected.windowCounts)).toBeGreaterThan(1)
    await library.close()
  })

  it('says that it has no vectors when asked for them', async () => {
    const small = await createSmallLibrary()
    await small.ingest()
    const library = await openLibrary(small.indexDir)
    await expect(library.loadVectors()).rejects.toMatchObject({ code: 'INDEX_MISMATCH' })
    await library.close()
  })

  it('refuses a file that it does not hold', async () => {
    const small = await createSmallLibrary()
    await small.ingest()
    const library = await openLibrary(small.indexDir)
    expect(() => library.fileText('nowhere.md')).toThrow(expect.objectContaining({ code: 'INDEX_DAMAGED' }))
    expect(() => library.passage(library.passageCount)).toThrow(RangeError)
    await library.close()
  })
})

const damages: Readonly<Record<string, (path: string) => Promise<void>>> = {
  'one bit flipped in the middle': (path) => flipBit(path),
  'one bit flipped in the last byte': (path) => flipBit(path, 1),
  'the last byte cut off': async (path) => truncate(path, (await readFile(path)).length - 1),
  'nothing left in it': (path) => truncate(path, 0),
  'the file gone': (path) => rm(path),
}

describe('openLibrary on a damaged index', () => {
  const cases = Object.values(generationFiles).flatMap((name) => Object.keys(damages).map((damage) => ({ name, damage })))

  it.each(cases)('finds $damage: $name', async ({ name, damage }) => {
    const small = await createSmallLibrary(undefined, createFakeEmbedder())
    await small.ingest()
    const folder = await generationFolder(small.indexDir)
    expect(await readdir(folder)).toContain(name)
    await damages[damage]?.(join(folder, name))
    const open = async () => {
      const library = await openLibrary(small.indexDir)
      await library.verify().finally(() => library.close())
    }
    await expect(open()).rejects.toMatchObject({ code: 'INDEX_DAMAGED', details: { path: join(folder, name) } })
    await expect(openEarlierLibrary(small.indexDir)).resolves.toBeUndefined()
    expect(await readdir(join(small.indexDir, 'readers'))).toEqual([])
  })

  it.each(['vectors', 'hnsw'] as const)('checks %s before anything is searched, not only on request', async (file) => {
    const small = await createSmallLibrary(undefined, createFakeEmbedder())
    await small.ingest()
    await flipBit(join(await generationFolder(small.indexDir), generationFiles[file]))
    const library = await openLibrary(small.indexDir)
    await expect(library.loadVectors()).rejects.toMatchObject({ code: 'INDEX_DAMAGED' })
    await library.close()
  })

  it.each(['{"generation', 'null', '{"generation":7}', '{"generation":"../elsewhere","manifestSha256":""}', ''])(
    'refuses the pointer %j',
    async (pointer) => {
      const small = await createSmallLibrary()
      await small.ingest()
      await writeFile(join(small.indexDir, pointerFile), pointer)
      await expect(openLibrary(small.indexDir)).rejects.toMatchObject({ code: 'INDEX_DAMAGED' })
    },
  )

  it('refuses a pointer to a generation that is not there', async () => {
    const small = await createSmallLibrary()
    await small.ingest()
    await rm(await generationFolder(small.indexDir), { recursive: true })
    await expect(openLibrary(small.indexDir)).rejects.toMatchObject({ code: 'INDEX_DAMAGED' })
  })

  it('says NOT_INGESTED where there is no pointer, and where there is no folder', async () => {
    const folder = await createTemporaryFolder()
    await expect(openLibrary(folder)).rejects.toMatchObject({ code: 'NOT_INGESTED', details: { path: folder } })
    await expect(openLibrary(join(folder, 'none'))).rejects.toMatchObject({ code: 'NOT_INGESTED' })
    await expect(openEarlierLibrary(folder)).resolves.toBeUndefined()
  })

  it.each([0, schemaVersion - 1, 99, 'old'])('names the schema %j of another version and the one it reads', async (other) => {
    const small = await createSmallLibrary()
    await small.ingest()
    const path = join(await generationFolder(small.indexDir), generationFiles.manifest)
    await writeFile(path, JSON.stringify({ schemaVersion: other, other: 'shape' }))
    await expect(openLibrary(small.indexDir)).rejects.toMatchObject({
      code: 'INDEX_OLD_SCHEMA',
      details: { found: String(other), expected: schemaVersion },
    })
    await expect(openEarlierLibrary(small.indexDir)).resolves.toBeUndefined()
  })

  it('refuses a manifest that was rewritten behind its back', async () => {
    const small = await createSmallLibrary()
    await small.ingest()
    const path = join(await generationFolder(small.indexDir), generationFiles.manifest)
    await writeFile(path, (await readFile(path, 'utf8')).replace('"passages": ', '"passages": 9'))
    await expect(openLibrary(small.indexDir)).rejects.toMatchObject({ code: 'INDEX_DAMAGED', details: { path } })
    await makeCurrent(small.indexDir, (await readCurrentGeneration(small.indexDir)) ?? '')
    await expect(openLibrary(small.indexDir).then((library) => library.close())).resolves.toBeUndefined()
  })
})
