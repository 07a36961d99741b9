import type { HierarchicalNSW } from 'hnswlib-node'
import { AppError } from '../../core/errors/app-error.js'
import type { VectorHit, VectorIndex } from '../../core/ports/vector-index.js'
import { toSimilarity, toVectorLabel, type VectorLabel } from '../../core/types/brand.js'
import { dotProduct, searchExactly } from './exact-search.js'
import { searchCandidates, space } from './hnsw-parameters.js'
import { type LoadHnswlib, loadHnswlib } from './load-hnswlib.js'

export interface OpenVectorIndexOptions {
  /** The stored vectors, which are the truth; finite, as `writeHnswFile` checked. */
  readonly vectors: Float32Array
  readonly dimension: number
  /**
   * The file that `writeHnswFile` wrote for these vectors. The caller has verified its checksum: native code does not survive
   * some damaged files, and takes others in silence.
   */
  readonly hnswPath?: string
  readonly load?: LoadHnswlib
}

/** How many hits to ask the graph for when some will be refused, as a multiple of those wanted. */
const oversampling = 4

/**
 * Searches by HNSW when there is a file and hnswlib is installed, else exactly; `method` says which. Rejects with INDEX_MISMATCH
 * when vectors and file do not fit each other, and with INDEX_DAMAGED when the file cannot be read.
 */
export async function openVectorIndex({ vectors, dimension, hnswPath, load = loadHnswlib }: OpenVectorIndexOptions): Promise<VectorIndex> {
  const path = hnswPath ?? 'memory'
  const size = vectors.length / dimension
  if (!Number.isInteger(size)) throw mismatch(path, `${vectors.length} numbers are no vectors of ${dimension}`)
  const graph = hnswPath === undefined ? undefined : await readGraph({ hnswPath, dimension, size }, load)
  const searchAll = (vector: Float32Array, count: number) =>
    graph === undefined ? searchExactly({ vectors, vector, count }) : searchGraph({ graph, vectors, size }, vector, count)
  return {
    method: graph === undefined ? 'exact' : 'hnsw',
    size,
    search(vector, count, accepts) {
      checkQuestion(vector, dimension, path)
      if (accepts === undefined) return searchAll(vector, count)
      const found = graph === undefined ? undefined : findAccepted(searchAll(vector, count * oversampling), count, accepts)
      return found ?? searchExactly({ vectors, vector, count, accepts })
    },
  }
}

interface GraphFile {
  readonly hnswPath: string
  readonly dimension: number
  readonly size: number
}

async function readGraph({ hnswPath, dimension, size }: GraphFile, load: LoadHnswlib): Promise<HierarchicalNSW | undefined> {
  const hnswlib = await load()
  if (hnswlib === undefined) return undefined
  const graph = new hnswlib.HierarchicalNSW(space, dimension)
  try {
    await graph.readIndex(hnswPath)
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('INDEX_DAMAGED', { path: hnswPath, problem }, cause)
  }
  if (graph.getCurrentCount() !== size) throw mismatch(hnswPath, `it holds ${graph.getCurrentCount()} vectors instead of ${size}`)
  return graph
}

interface SearchableGraph {
  readonly graph: HierarchicalNSW
  readonly vectors: Float32Array
  readonly size: number
}

/** The graph proposes; similarities come from the stored vectors, so that both methods give the same numbers. */
function searchGraph({ graph, vectors, size }: SearchableGraph, vector: Float32Array, count: number): readonly VectorHit[] {
  const wanted = Math.min(count, size)
  if (wanted === 0) return []
  graph.setEf(searchCandidates(size, wanted))
  const { neighbors } = graph.searchKnn(Array.from(vector), wanted)
  // A graph may fall into islands that a search never reaches.
  if (neighbors.length < wanted) return searchExactly({ vectors, vector, count })
  return neighbors
    .map((label) => ({ label: toVectorLabel(label), similarity: toSimilarity(dotProduct(vectors, label * vector.length, vector)) }))
    .sort((one, other) => other.similarity - one.similarity || one.label - other.label)
}

/** The accepted among the nearest, when they are enough; a narrow filter leaves too few, and exact search over what it accepts is quick. */
function findAccepted(
  hits: readonly VectorHit[],
  count: number,
  accepts: (label: VectorLabel) => boolean,
): readonly VectorHit[] | undefined {
  const accepted = hits.filter(({ label }) => accepts(label))
  return accepted.length >= count ? accepted.slice(0, count) : undefined
}

function checkQuestion(vector: Float32Array, dimension: number, path: string): void {
  if (vector.length !== dimension) throw mismatch(path, `the question's vector has ${vector.length} numbers, the index ${dimension}`)
  if (!vector.every(Number.isFinite)) throw mismatch(path, "the question's vector holds numbers that are not finite")
}

function mismatch(path: string, problem: string): AppError {
  return new AppError('INDEX_MISMATCH', { path, problem })
}
