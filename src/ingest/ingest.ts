import { relative, sep } from 'node:path'
import type { BookSource } from '../core/ports/book-source.js'
import type { Embedder } from '../core/ports/embedder.js'
import type { Notice } from '../core/types/answer.js'
import type { Book } from '../core/types/book.js'
import type { Passage } from '../core/types/passage.js'
import { describeSources } from '../library/describe-sources.js'
import { makeCurrent, nameGeneration, removeOldGenerations } from '../library/generations.js'
import { lockIndex } from '../library/ingest-lock.js'
import type { Library } from '../library/library.js'
import { openEarlierLibrary } from '../library/open-library.js'
import { buildIndex } from './build-index/build-index.js'
import { readKnownVectors, readStoredVectors } from './build-index/read-known-vectors.js'
import { embedPassages } from './embed-passages/embed-passages.js'
import { loadBooks } from './load-books/load-books.js'
import { splitPassages } from './split-passages/split-passages.js'

/** Raise a number when its step makes something else of the same book: the next ingest then makes everything again. */
const parameters = 'load 1, split 1, terms 4, windows 1'

export interface IngestParts {
  readonly source: BookSource
  readonly indexDir: string
  /** Without one, the index holds words alone. */
  readonly embedder?: Embedder
  /** Derives the HNSW file from the vectors, or says that exact search serves as well. */
  readonly writeVectorFile: (request: {
    path: string
    vectors: Float32Array
    dimension: number
    signal?: AbortSignal
  }) => Promise<'written' | 'not needed'>
  readonly now: () => Date
}

/** What an ingest is doing, for a progress display. `total` is unknown while files are being found. */
export interface IngestProgress {
  readonly step: 'load' | 'split' | 'embed' | 'index'
  readonly done: number
  readonly total: number
}

export interface IngestOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: IngestProgress) => void
}

/** Books, sections, passages and windows are totals of the generation in use afterwards; embedded, reused and removed count passages. */
export interface IngestReport {
  readonly generation: string
  readonly books: number
  readonly sections: number
  readonly passages: number
  readonly windows: number
  readonly embedder: string | null
  readonly embedded: number
  readonly reused: number
  readonly removed: number
  readonly seconds: number
  readonly notices: readonly Notice[]
}

/**
 * Books in, index out: load, split, embed, index. The new generation is built beside the old one and comes into use only when it
 * is whole; until then, and after any failure or cancel, the old one serves. When nothing changed, nothing is built.
 * Fails with INGEST_RUNNING, CORPUS_MISSING, CORPUS_EMPTY, INDEX_NOT_WRITABLE, EMBEDDING_FAILED, or the signal's reason.
 */
export async function ingest(parts: IngestParts, options: IngestOptions = {}): Promise<IngestReport> {
  const started = parts.now()
  const unlock = await lockIndex(parts.indexDir, started)
  try {
    const report = await ingestLocked(parts, options, started)
    const remains = await removeRemains(parts.indexDir)
    return { ...report, notices: [...report.notices, ...remains], seconds: (parts.now().getTime() - started.getTime()) / 1000 }
  } catch (error) {
    await removeRemains(parts.indexDir)
    throw error
  } finally {
    await unlock()
  }
}

// The new generation is in use by now, or the error told: what cannot be removed today is removed by the next ingest.
async function removeRemains(indexDir: string): Promise<readonly Notice[]> {
  try {
    await removeOldGenerations(indexDir)
    return []
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    return [{ code: 'OLD_INDEX_LEFT', text: `An old index in ${indexDir} could not be removed: ${problem}` }]
  }
}

async function ingestLocked(parts: IngestParts, options: IngestOptions, started: Date): Promise<Report> {
  const earlier = await openEarlierLibrary(parts.indexDir)
  try {
    const listing = await parts.source.listBooks()
    const sources = await describeSources(listing.books, parts.source)
    if (isUnchanged(earlier, sources, parts)) return reportUnchanged(earlier, listing.notices)
    return await build({ parts, options, earlier, sources, started, listed: listing.notices })
  } finally {
    await earlier?.close()
  }
}

type Sources = Awaited<ReturnType<typeof describeSources>>
type Report = Omit<IngestReport, 'seconds'>

interface Run {
  readonly parts: IngestParts
  readonly options: IngestOptions
  readonly earlier: Library | undefined
  readonly sources: Sources
  readonly started: Date
  /** Notices about files that are no books: told by every ingest, also when nothing changed. */
  readonly listed: readonly Notice[]
}

async function build(run: Run): Promise<Report> {
  const { parts, options, earlier } = run
  const { books, notices } = await loadBooks(parts.source, options)
  const passages = (await Promise.all(books.map((book) => splitPassages(book)))).flat()
  options.signal?.throwIfAborted()
  options.onProgress?.({ step: 'split', done: passages.length, total: passages.length })
  const embedded = await embed(passages, run)
  const kept = embedded === undefined ? await readStoredVectors(earlier) : undefined
  options.signal?.throwIfAborted()
  options.onProgress?.({ step: 'index', done: 0, total: passages.length })
  const content = {
    generation: nameGeneration(run.started),
    createdAt: run.started.toISOString(),
    corpus: corpusOf(parts),
    sources: asRead(run.sources, books),
    parameters,
    notices: notices.filter(({ text }) => !run.listed.some((listed) => listed.text === text)),
    books,
    passages,
    ...(embedded === undefined ? {} : { embedded }),
    ...(kept === undefined ? {} : { kept }),
  }
  const manifest = await buildIndex(parts.indexDir, content, (path) => writeVectors(path, { run, vectors: embedded?.vectors }))
  options.signal?.throwIfAborted()
  await makeCurrent(parts.indexDir, manifest.generation)
  options.onProgress?.({ step: 'index', done: passages.length, total: passages.length })
  const counts = { ...comparePassages(passages, earlier), ...countEmbedded(embedded) }
  return { ...toCounts(manifest, run.listed), ...counts }
}

// A file that changed between hashing and reading is recorded as it was read, so that the next ingest sees the change.
function asRead(sources: Sources, books: readonly Book[]): Sources {
  const read = new Map(books.flatMap((book) => book.files.map((file) => [file.path, file.sha256])))
  return sources.map((source) => ({ ...source, sha256: read.get(source.path) ?? source.sha256 }))
}

async function embed(passages: readonly Passage[], { parts, options, earlier }: Run) {
  const { embedder } = parts
  if (embedder === undefined) return undefined
  const known = await readKnownVectors(earlier, embedder.id)
  const made = await embedPassages({
    passages,
    embedder,
    known,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onProgress: ({ done, total }) => options.onProgress?.({ step: 'embed', done, total }),
  })
  return { ...made, embedder }
}

async function writeVectors(
  path: string,
  { run, vectors }: { run: Run; vectors: Float32Array | undefined },
): Promise<'written' | 'not needed'> {
  const { embedder, writeVectorFile } = run.parts
  if (embedder === undefined || vectors === undefined) return 'not needed'
  const { signal } = run.options
  return writeVectorFile({ path, vectors, dimension: embedder.dimension, ...(signal === undefined ? {} : { signal }) })
}

function isUnchanged(earlier: Library | undefined, sources: Sources, parts: IngestParts): earlier is Library {
  if (earlier === undefined) return false
  const { manifest } = earlier
  const contents = (list: Sources) => JSON.stringify(list.map(({ path, sha256 }) => [path, sha256]))
  return (
    manifest.parameters === parameters &&
    manifest.corpus === corpusOf(parts) &&
    // Without a model at hand, vectors that fit the books stay: making them again may take an hour.
    (parts.embedder === undefined || manifest.embedder?.id === parts.embedder.id) &&
    contents(manifest.sources) === contents(sources)
  )
}

function reportUnchanged({ manifest }: Library, listed: readonly Notice[]): Report {
  return { ...toCounts(manifest, listed), embedded: 0, reused: manifest.counts.passages, removed: 0 }
}

function toCounts(manifest: Library['manifest'], listed: readonly Notice[]): Omit<Report, 'embedded' | 'reused' | 'removed'> {
  const { generation, counts, embedder, notices } = manifest
  return { generation, ...counts, embedder: embedder?.id ?? null, notices: [...listed, ...notices] }
}

function countEmbedded(embedded: { embeddedPassages: number; reusedPassages: number } | undefined): { embedded: number; reused?: number } {
  return embedded === undefined ? { embedded: 0 } : { embedded: embedded.embeddedPassages, reused: embedded.reusedPassages }
}

function comparePassages(passages: readonly Passage[], earlier: Library | undefined): { reused: number; removed: number } {
  const before = new Set<string>(earlier?.passageIds() ?? [])
  const reused = passages.filter((passage) => before.has(passage.id)).length
  return { reused, removed: before.size - reused }
}

/** The corpus folder as the manifest records it: relative to the index folder, with forward slashes. */
export function corpusOf(parts: { readonly source: { readonly location: string }; readonly indexDir: string }): string {
  return relative(parts.indexDir, parts.source.location).split(sep).join('/')
}
