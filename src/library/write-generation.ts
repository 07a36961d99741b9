import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../core/errors/app-error.js'
import type { Book } from '../core/types/book.js'
import type { Passage } from '../core/types/passage.js'
import type { TermIndex } from '../word-search/bm25.js'
import { encodeTermIndex } from '../word-search/term-index-file.js'
import { generationFiles, type Manifest, type PassageColumns, type StoredBook, schemaVersion } from './index-format.js'
import { hashBytes, readVerified, writeDurably } from './stored-file.js'

export interface GenerationContent {
  readonly generation: string
  readonly createdAt: string
  readonly corpus: string
  readonly sources: Manifest['sources']
  readonly parameters: string
  readonly notices: Manifest['notices']
  readonly books: readonly Book[]
  readonly passages: readonly Passage[]
  readonly terms: TermIndex
  readonly asks: TermIndex
  /** Present when an embedder made vectors: windows in passage order. */
  readonly embedded?: {
    readonly embedder: { readonly id: string; readonly dimension: number }
    readonly windowCounts: readonly number[]
    readonly windowKeys: readonly string[]
    readonly vectors: Float32Array
  }
  /** Vectors of an earlier generation that an embedder may find again later; never searched. */
  readonly kept?: KeptVectors
}

export interface KeptVectors {
  readonly embedder: { readonly id: string; readonly dimension: number }
  readonly windowKeys: readonly string[]
  readonly vectors: Float32Array
}

/** Writes the derived vector file to the path given, or leaves it out when exact search serves as well. */
export type WriteVectorFile = (path: string) => Promise<'written' | 'not needed'>

type FileEntries = Record<string, { sha256: string; bytes: number }>

/**
 * Writes a generation's folder and checks it by reading every file back. It is not in use before `makeCurrent`.
 * Fails with INDEX_NOT_WRITABLE when the disk refuses, with INDEX_DAMAGED when what was written does not read back.
 */
export async function writeGeneration(indexDir: string, content: GenerationContent, writeVectorFile: WriteVectorFile): Promise<Manifest> {
  const folder = join(indexDir, content.generation)
  try {
    await mkdir(folder, { recursive: true })
    const files: FileEntries = {}
    for (const [name, bytes] of toFiles(content)) files[name] = await writeOne(folder, name, bytes)
    if (content.embedded !== undefined && (await writeVectorFile(join(folder, generationFiles.hnsw))) === 'written') {
      files[generationFiles.hnsw] = await describeFile(folder, generationFiles.hnsw)
    }
    const manifest = toManifest(content, files)
    await writeOne(folder, generationFiles.manifest, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`))
    for (const [name, entry] of Object.entries(files)) await readVerified(join(folder, name), entry)
    return manifest
  } catch (cause) {
    if (isDiskError(cause)) throw new AppError('INDEX_NOT_WRITABLE', { path: indexDir, problem: cause.message }, cause)
    throw cause
  }
}

async function writeOne(folder: string, name: string, bytes: Uint8Array): Promise<{ sha256: string; bytes: number }> {
  await writeDurably(join(folder, name), bytes, 'new')
  return { sha256: hashBytes(bytes), bytes: bytes.length }
}

async function describeFile(folder: string, name: string): Promise<{ sha256: string; bytes: number }> {
  const bytes = await readFile(join(folder, name))
  return { sha256: hashBytes(bytes), bytes: bytes.length }
}

function toFiles(content: GenerationContent): readonly (readonly [string, Uint8Array])[] {
  const { books, texts } = toStoredBooks(content.books)
  const { columns, cleanTexts } = toColumns(content)
  const json = (value: unknown) => Buffer.from(JSON.stringify(value))
  const stored = content.embedded ?? content.kept
  return [
    [generationFiles.books, json(books)],
    [generationFiles.texts, texts],
    [generationFiles.passages, json(columns)],
    [generationFiles.cleanTexts, cleanTexts],
    [generationFiles.terms, encodeTermIndex(content.terms)],
    [generationFiles.asks, encodeTermIndex(content.asks)],
    ...(stored === undefined
      ? []
      : ([
          [generationFiles.vectors, new Uint8Array(stored.vectors.buffer, stored.vectors.byteOffset, stored.vectors.byteLength)],
          [generationFiles.windowKeys, json(stored.windowKeys)],
        ] as const)),
  ]
}

function toStoredBooks(books: readonly Book[]): { books: readonly StoredBook[]; texts: Uint8Array } {
  const texts: Buffer[] = []
  let textEnd = 0
  const stored = books.map((book) => {
    const files = book.files.map((file) => {
      const bytes = Buffer.from(file.text)
      texts.push(bytes)
      textEnd += bytes.length
      return { path: file.path, textEnd }
    })
    const positions = new Map(book.files.map((file, position) => [file.path, position]))
    const sections = book.sections.map(({ asks: _, bodyOffset: __, headingPath, ...section }) => ({
      ...section,
      headingPath: [...headingPath],
      file: positions.get(section.file) ?? 0,
    }))
    return { ...book, authors: [...book.authors], files, sections }
  })
  return { books: stored, texts: Buffer.concat(texts) }
}

function toColumns(content: GenerationContent): { columns: PassageColumns; cleanTexts: Uint8Array } {
  const sectionNumbers = new Map<string, number>()
  for (const book of content.books)
    for (const section of book.sections) sectionNumbers.set(`${book.id}\n${section.id}`, sectionNumbers.size)
  const cleanTexts = content.passages.map((passage) => Buffer.from(passage.cleanText))
  let cleanEnd = 0
  const columns = {
    ids: content.passages.map((passage) => passage.id),
    sections: content.passages.map((passage) => sectionNumbers.get(`${passage.bookId}\n${passage.sectionId}`) ?? 0),
    startOffsets: content.passages.map((passage) => passage.startOffset),
    endOffsets: content.passages.map((passage) => passage.endOffset),
    startLines: content.passages.map((passage) => passage.startLine),
    endLines: content.passages.map((passage) => passage.endLine),
    pages: content.passages.map((passage) => passage.page ?? null),
    windowCounts: [...(content.embedded?.windowCounts ?? [])],
    cleanEnds: cleanTexts.map((bytes) => {
      cleanEnd += bytes.length
      return cleanEnd
    }),
  }
  return { columns, cleanTexts: Buffer.concat(cleanTexts) }
}

function toManifest(content: GenerationContent, files: FileEntries): Manifest {
  const { embedded } = content
  return {
    schemaVersion,
    generation: content.generation,
    createdAt: content.createdAt,
    corpus: content.corpus,
    embedder: embedded === undefined ? null : { id: embedded.embedder.id, dimension: embedded.embedder.dimension },
    keptVectors: content.kept === undefined ? null : { id: content.kept.embedder.id, dimension: content.kept.embedder.dimension },
    sources: content.sources,
    files,
    counts: {
      books: content.books.length,
      sections: content.books.reduce((total, book) => total + book.sections.length, 0),
      passages: content.passages.length,
      windows: embedded?.windowKeys.length ?? 0,
    },
    parameters: content.parameters,
    notices: content.notices,
  }
}

function isDiskError(error: unknown): error is Error {
  const codes: readonly unknown[] = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EIO', 'ENOTDIR', 'EMFILE']
  return error instanceof Error && 'code' in error && codes.includes(error.code)
}
