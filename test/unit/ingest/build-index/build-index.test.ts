import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBookFolder } from '../../../../src/adapters/book-files/create-book-folder.js'
import { buildIndex, type IndexContent } from '../../../../src/ingest/build-index/build-index.js'
import { readKnownVectors } from '../../../../src/ingest/build-index/read-known-vectors.js'
import { loadBooks } from '../../../../src/ingest/load-books/load-books.js'
import { splitPassages } from '../../../../src/ingest/split-passages/split-passages.js'
import { makeCurrent, readCurrentGeneration } from '../../../../src/library/generations.js'
import { openLibrary } from '../../../../src/library/open-library.js'
import { analyzeText } from '../../../../src/word-search/analyze-text.js'
import { scoreDocuments } from '../../../../src/word-search/bm25.js'
import { createFakeEmbedder } from '../../../helpers/fake-embedder.js'
import { createSmallLibrary, paragraph, smallBooks } from '../../../helpers/sailing-library.js'
import { createTemporaryFolder, writeFiles } from '../../../helpers/temporary-folder.js'

const book = `# Mooring\n\n<!-- asks: How do I keep the boat from drifting away? -->\n\n${paragraph('bollards')}\n\n# Sails\n\n${paragraph('masts')}\n`

async function loadContent(): Promise<IndexContent> {
  const corpusDir = await createTemporaryFolder()
  await writeFiles(corpusDir, { 'book.md': book })
  const { books } = await loadBooks(createBookFolder(corpusDir))
  const passages = (await Promise.all(books.map((one) => splitPassages(one)))).flat()
  const generation = 'g-20240101T000000-0000aa'
  return { generation, createdAt: '', corpus: '../corpus', sources: [], parameters: 'p', notices: [], books, passages }
}

describe('buildIndex', () => {
  it('writes a whole generation that is not in use before it is made so', async () => {
    const indexDir = await createTemporaryFolder()
    const content = await loadContent()
    const manifest = await buildIndex(indexDir, content, async () => 'not needed')
    expect(await readCurrentGeneration(indexDir)).toBeUndefined()
    expect((await readdir(join(indexDir, content.generation))).sort()).toEqual(['manifest.json', ...Object.keys(manifest.files)].sort())
    await makeCurrent(indexDir, content.generation)
    const library = await openLibrary(indexDir)
    expect(library.manifest).toEqual(manifest)
    await library.close()
  })

  it.each([
    ['words of its text', 'bollards', 0],
    ['words of its heading', 'sails', 1],
    ["the learner's words beside its heading", 'drifting boat', 0],
  ])('lets a passage be found by %s', async (_, words, number) => {
    const indexDir = await createTemporaryFolder()
    const content = await loadContent()
    await buildIndex(indexDir, content, async () => 'not needed')
    await makeCurrent(indexDir, content.generation)
    const library = await openLibrary(indexDir)
    const found = scoreDocuments(library.terms, new Map(analyzeText(words).map((term) => [term, 1])), { count: 1 })
    expect(found[0]?.document).toBe(number)
    await library.close()
  })

  it('does not ask for a vector file when there are no vectors', async () => {
    const manifest = await buildIndex(await createTemporaryFolder(), await loadContent(), async () => {
      throw new Error('not to be called')
    })
    expect(manifest.embedder).toBeNull()
  })
})

describe('readKnownVectors', () => {
  it('gives the vector of every window by its key', async () => {
    const embedder = createFakeEmbedder()
    const small = await createSmallLibrary(smallBooks, embedder)
    const { windows } = await small.ingest()
    const library = await openLibrary(small.indexDir)
    const known = await readKnownVectors(library, embedder.id)
    expect(known.size).toBe(windows)
    const { vectors } = await library.loadVectors()
    expect([...known.values()].flatMap((vector) => [...vector])).toEqual([...vectors])
    await library.close()
  })

  it('knows none of another embedder, of an index without vectors, or without an index', async () => {
    const small = await createSmallLibrary(smallBooks)
    await small.ingest({ embedder: createFakeEmbedder() })
    const withVectors = await openLibrary(small.indexDir)
    expect((await readKnownVectors(withVectors, 'fake/other')).size).toBe(0)
    await withVectors.close()
    await rm(small.indexDir, { recursive: true })
    await small.ingest()
    const without = await openLibrary(small.indexDir)
    expect((await readKnownVectors(without, 'fake/words')).size).toBe(0)
    await without.close()
    expect((await readKnownVectors(undefined, 'fake/words')).size).toBe(0)
  })
})
