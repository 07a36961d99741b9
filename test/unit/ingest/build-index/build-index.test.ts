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
import { countDocuments, scoreDocuments, termNumbersOf, titleNumbersOf } from '../../../../src/word-search/bm25.js'
import { createFakeEmbedder } from '../../../helpers/fake-embedder.js'
import { createSmallLibrary, paragraph, smallBooks } from '../../../helpers/sailing-library.js'
import { createTemporaryFolder, writeFiles } from '../../../helpers/temporary-folder.js'

const book = `# Mooring\n\n<!-- asks: How do I keep the boat from drifting away? -->\n\n${paragraph('bollards')}\n\n# Sails\n\n${paragraph('masts')}\n`

async function loadContent(text = book): Promise<IndexContent> {
  const corpusDir = await createTemporaryFolder()
  await writeFiles(corpusDir, { 'book.md': text })
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

  const cases = [
    { what: 'words of its text', index: 'terms', words: 'bollards', numbers: [0] },
    { what: 'words of its heading', index: 'terms', words: 'sails', numbers: [1] },
    { what: "words of its book's title", index: 'terms', words: 'book', numbers: [0, 1] },
    { what: "the learner's words beside its heading, in an index of their own", index: 'asks', words: 'drifting boat', numbers: [0] },
  ] as const

  it.each(cases)('lets a passage be found by $what', async ({ index, words, numbers }) => {
    const indexDir = await createTemporaryFolder()
    const content = await loadContent()
    await buildIndex(indexDir, content, async () => 'not needed')
    await makeCurrent(indexDir, content.generation)
    const library = await openLibrary(indexDir)
    const found = scoreDocuments(library[index], new Map(analyzeText(words).map((term) => [term, 1])), { count: 5 })
    await library.close()
    expect(found.map(({ document }) => document)).toEqual(numbers)
  })

  it("keeps the learner's words out of the index of what the books say, and the books' words out of theirs", async () => {
    const indexDir = await createTemporaryFolder()
    const content = await loadContent()
    await buildIndex(indexDir, content, async () => 'not needed')
    await makeCurrent(indexDir, content.generation)
    const library = await openLibrary(indexDir)
    const { terms, asks } = library
    await library.close()
    expect(['drift', 'boat'].map((term) => [countDocuments(terms, term), countDocuments(asks, term)])).toEqual([
      [0, 1],
      [0, 1],
    ])
    expect([countDocuments(terms, 'bollard'), countDocuments(asks, 'bollard')]).toEqual([1, 0])
    expect([asks.lengths.length, terms.lengths.length]).toEqual([content.passages.length, content.passages.length])
  })

  it('counts a heading once that is the title of the book as well', async () => {
    const indexDir = await createTemporaryFolder()
    const content = await loadContent(`# Mooring\n\n${paragraph('bollards')}\n`)
    expect(content.books[0]?.title).toBe('Mooring')
    await buildIndex(indexDir, content, async () => 'not needed')
    await makeCurrent(indexDir, content.generation)
    const { terms, close } = await openLibrary(indexDir)
    const words = [...titleNumbersOf(terms, 0)].map((number) => terms.terms[number])
    const whole = [...termNumbersOf(terms, 0)].map((number) => terms.terms[number]).filter((term) => term === 'moor')
    await close()
    expect(words).toEqual(['moor'])
    expect(whole).toEqual(['moor'])
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
