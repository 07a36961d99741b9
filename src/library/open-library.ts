import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../core/errors/app-error.js'
import { decodeTermIndex } from '../word-search/term-index-file.js'
import { readCurrentGeneration, readPointer, registerReader } from './generations.js'
import {
  generationFiles,
  type Manifest,
  type PassageColumns,
  parseManifest,
  parsePassageColumns,
  parseStoredBooks,
  parseWindowKeys,
} from './index-format.js'
import { Library, type LibraryVectors } from './library.js'
import { hashBytes, readVerified } from './stored-file.js'

const triesWhileGenerationsMove = 3

/**
 * Opens the generation in use, every file checked against its SHA-256 before it is read. Fails with NOT_INGESTED,
 * INDEX_OLD_SCHEMA or INDEX_DAMAGED. Close it, or old generations are kept for it.
 */
export async function openLibrary(indexDir: string): Promise<Library> {
  for (let left = triesWhileGenerationsMove; ; left--) {
    const pointer = await readPointer(indexDir)
    if (pointer === undefined) throw new AppError('NOT_INGESTED', { path: indexDir })
    const { generation, manifestSha256 } = pointer
    const release = await registerReader(indexDir, generation)
    try {
      return await readGeneration({ folder: join(indexDir, generation), manifestSha256, release })
    } catch (error) {
      await release()
      // An ingest may have replaced and removed the generation between our two steps.
      if (left === 0 || (await readCurrentGeneration(indexDir)) === generation) throw error
    }
  }
}

async function readManifest(folder: string, sha256: string): Promise<Manifest> {
  const path = join(folder, generationFiles.manifest)
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new AppError('INDEX_DAMAGED', { path, problem: 'it cannot be read' }, cause)
  })
  // Another version's manifest is named as such before anything else is held against it.
  const manifest = parseManifest(bytes.toString('utf8'), path)
  if (hashBytes(bytes) !== sha256) throw new AppError('INDEX_DAMAGED', { path, problem: 'its checksum differs from the pointer' })
  return manifest
}

interface GenerationInUse {
  readonly folder: string
  readonly manifestSha256: string
  readonly release: () => Promise<void>
}

async function readGeneration({ folder, manifestSha256, release }: GenerationInUse): Promise<Library> {
  const manifest = await readManifest(folder, manifestSha256)
  const read = (name: string) => readVerified(join(folder, name), manifest.files[name])
  const [books, columns, texts, cleanTexts, terms, asks] = await Promise.all([
    read(generationFiles.books),
    read(generationFiles.passages),
    read(generationFiles.texts),
    read(generationFiles.cleanTexts),
    read(generationFiles.terms),
    read(generationFiles.asks),
  ])
  const passageColumns = parsePassageColumns(columns.toString('utf8'), join(folder, generationFiles.passages))
  return new Library({
    folder,
    manifest,
    books: parseStoredBooks(books.toString('utf8'), join(folder, generationFiles.books)),
    columns: passageColumns,
    texts,
    cleanTexts,
    terms: decodeTermIndex(terms, join(folder, generationFiles.terms)),
    asks: decodeTermIndex(asks, join(folder, generationFiles.asks)),
    loadVectors: () => loadVectors({ folder, manifest, columns: passageColumns }),
    loadStoredVectors: async () => toFloats(await read(generationFiles.vectors)),
    loadWindowKeys: async () =>
      parseWindowKeys((await read(generationFiles.windowKeys)).toString('utf8'), join(folder, generationFiles.windowKeys)),
    verify: async () => {
      for (const name of Object.keys(manifest.files)) await read(name)
    },
    release,
  })
}

// A fresh buffer: typed arrays must start at a multiple of 4, which a slice of a pooled Buffer need not.
function toFloats(bytes: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer)
}

async function loadVectors(from: { folder: string; manifest: Manifest; columns: PassageColumns }): Promise<LibraryVectors> {
  const { folder, manifest, columns } = from
  const path = join(folder, generationFiles.vectors)
  if (manifest.embedder === null) throw new AppError('INDEX_MISMATCH', { path: folder, problem: 'it was built without vectors.' })
  const { dimension } = manifest.embedder
  const bytes = await readVerified(path, manifest.files[generationFiles.vectors])
  const vectors = toFloats(bytes)
  const windowPassages = new Uint32Array(vectors.length / dimension)
  let window = 0
  columns.windowCounts.forEach((count, passage) => {
    windowPassages.fill(passage, window, window + count)
    window += count
  })
  if (window !== windowPassages.length)
    throw new AppError('INDEX_DAMAGED', { path, problem: `it holds ${windowPassages.length} vectors for ${window} windows` })
  const hnswEntry = manifest.files[generationFiles.hnsw]
  const hnswPath = join(folder, generationFiles.hnsw)
  if (hnswEntry !== undefined) await readVerified(hnswPath, hnswEntry)
  return { vectors, dimension, windowPassages, ...(hnswEntry === undefined ? {} : { hnswPath }) }
}

/**
 * The generation in use, for an ingest that builds on it; undefined when there is none, or none that this version can build on:
 * a damaged or older index is simply built again.
 */
export async function openEarlierLibrary(indexDir: string): Promise<Library | undefined> {
  try {
    const library = await openLibrary(indexDir)
    try {
      await library.verify()
    } catch (error) {
      await library.close()
      throw error
    }
    return library
  } catch (error) {
    if (error instanceof AppError && rebuilt.has(error.code)) return undefined
    throw error
  }
}

const rebuilt: ReadonlySet<string> = new Set(['NOT_INGESTED', 'INDEX_DAMAGED', 'INDEX_OLD_SCHEMA'])
