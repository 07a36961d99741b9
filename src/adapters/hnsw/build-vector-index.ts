import { rename, rm, stat } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { HierarchicalNSW } from 'hnswlib-node'
import { AppError } from '../../core/errors/app-error.js'
import { checkVectors } from './check-vectors.js'
import { buildCandidates, links, minHnswVectors, space } from './hnsw-parameters.js'
import { type Hnswlib, type LoadHnswlib, loadHnswlib } from './load-hnswlib.js'

export interface WriteHnswOptions {
  /** Unit vectors one after the other; their position is their label. */
  readonly vectors: Float32Array
  readonly dimension: number
  readonly path: string
  /** Write nothing when there are fewer vectors. */
  readonly minVectors?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void
  readonly load?: LoadHnswlib
}

/** `left-out`: exact search does as well for so few vectors, or hnswlib is not installed. */
export type WrittenHnsw = { readonly kind: 'written' } | { readonly kind: 'left-out'; readonly why: 'few-vectors' | 'hnswlib-missing' }

const pointsPerTurn = 32
const selfQueries = 32
/** The graph may honestly miss a few of its own points; a wrong file misses nearly all. */
const minSelfHits = 24
const selfSimilarity = 0.999

/**
 * Builds the HNSW graph and writes it to `path`: under a temporary name first, read back into a fresh object and tried out before
 * it gets its name. Rejects with INDEX_MISMATCH for numbers that are no vectors, INDEX_NOT_WRITABLE when the file does not come
 * out right, and the signal's reason. The event loop keeps turning; the same vectors give the same file.
 */
export async function writeHnswFile(options: WriteHnswOptions): Promise<WrittenHnsw> {
  const { vectors, dimension, path, minVectors = minHnswVectors, load = loadHnswlib } = options
  checkVectors(vectors, dimension, path)
  const size = vectors.length / dimension
  if (size < Math.max(1, minVectors)) return { kind: 'left-out', why: 'few-vectors' }
  const hnswlib = await load()
  if (hnswlib === undefined) return { kind: 'left-out', why: 'hnswlib-missing' }
  const graph = await buildGraph(hnswlib, options)
  const temporary = `${path}.${process.pid}.part`
  try {
    await graph.writeIndex(temporary)
    await checkWritten(hnswlib, options, temporary)
    await rename(temporary, path)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw notWritable(path, cause instanceof Error ? cause.message : String(cause), cause)
  } finally {
    await rm(temporary, { force: true })
  }
  return { kind: 'written' }
}

async function buildGraph(hnswlib: Hnswlib, { vectors, dimension, signal, onProgress }: WriteHnswOptions): Promise<HierarchicalNSW> {
  const total = vectors.length / dimension
  const graph = new hnswlib.HierarchicalNSW(space, dimension)
  graph.initIndex(total, links, buildCandidates)
  for (let label = 0; label < total; label++) {
    if (label % pointsPerTurn === 0) {
      await nextTurn()
      signal?.throwIfAborted()
      onProgress?.({ done: label, total })
    }
    graph.addPoint(toNumbers(vectors, label, dimension), label)
  }
  onProgress?.({ done: total, total })
  return graph
}

// hnswlib reports success even when the folder does not exist or the disk is full.
async function checkWritten(hnswlib: Hnswlib, { vectors, dimension, path }: WriteHnswOptions, written: string): Promise<void> {
  const found = await stat(written).catch(() => undefined)
  if (found === undefined || found.size === 0) throw notWritable(path, 'nothing was written; is the folder there and the disk not full?')
  const graph = new hnswlib.HierarchicalNSW(space, dimension)
  await graph.readIndex(written)
  const size = vectors.length / dimension
  if (graph.getCurrentCount() !== size) throw notWritable(path, `it holds ${graph.getCurrentCount()} vectors instead of ${size}`)
  graph.setEf(buildCandidates)
  const tried = Array.from({ length: Math.min(selfQueries, size) }, (_, n) => Math.floor((n * size) / Math.min(selfQueries, size)))
  const hits = tried.filter((label) => 1 - (graph.searchKnn(toNumbers(vectors, label, dimension), 1).distances[0] ?? 2) >= selfSimilarity)
  if (hits.length < Math.min(minSelfHits, tried.length)) throw notWritable(path, 'vectors are not found again in the file')
}

function toNumbers(vectors: Float32Array, label: number, dimension: number): number[] {
  return Array.from(vectors.subarray(label * dimension, (label + 1) * dimension))
}

function notWritable(path: string, problem: string, cause?: unknown): AppError {
  return new AppError('INDEX_NOT_WRITABLE', { path, problem }, cause)
}
