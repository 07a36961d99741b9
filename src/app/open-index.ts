import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { minHnswVectors } from '../adapters/hnsw/hnsw-parameters.js'
import { openVectorIndex } from '../adapters/hnsw/open-vector-index.js'
import type { DenseParts } from '../answer/retrieve-passages/find-by-meaning.js'
import { AppError } from '../core/errors/app-error.js'
import type { Embedder } from '../core/ports/embedder.js'
import { pointerFile } from '../library/index-format.js'
import type { Library } from '../library/library.js'
import { openLibrary } from '../library/open-library.js'
import type { ChosenEmbedder } from './choose-embedder.js'
import type { Config } from './config/config.js'
import { createShortfall, type Shortfall } from './shortfall.js'

/** A generation ready for questions. */
export interface OpenIndex {
  readonly library: Library
  readonly dense?: DenseParts
  /** Why there is no `dense`, or why it is slower than it could be. */
  readonly shortfall?: Shortfall
}

const vectorsMissing = createShortfall(
  'VECTORS_MISSING',
  'The index was built without the embedding model, so passages are found by their words alone.',
  'Run `pilotbook ingest`.',
)

const modelGone = createShortfall(
  'EMBEDDING_MODEL_MISSING',
  'The index has vectors, but the embedding model is not here, so passages are found by their words alone.',
  'Run `pilotbook models pull`.',
)

/** Without a compiler the optional dependency could not be built. */
export const hnswMissing = createShortfall(
  'HNSWLIB_MISSING',
  'Vectors are searched exactly, which finds the same but is slow for so many: hnswlib-node is not installed, or was not when the index was built.',
  'Install a C++ compiler, delete node_modules, and run `npm start`.',
)

/**
 * Opens the generation in use for the corpus and embedder at hand. Fails with INDEX_MISMATCH when another embedder, another dtype or
 * another corpus folder made it; vectors without a model, or a model without vectors, mean word search with a notice.
 */
export async function openIndex(config: Config, chosen: ChosenEmbedder): Promise<OpenIndex> {
  const library = await openLibrary(config.indexDir)
  try {
    checkCorpus(library, config)
    const made = library.manifest.embedder
    if (chosen.kind === 'none') return { library, shortfall: made === null ? chosen.shortfall : modelGone }
    if (made === null) return { library, shortfall: vectorsMissing }
    checkEmbedder(made.id, chosen.embedder, config)
    const dense = await openDense(library, chosen.embedder)
    const isSlow = dense.vectorIndex.method === 'exact' && dense.vectorIndex.size >= minHnswVectors
    return { library, dense, ...(isSlow ? { shortfall: hnswMissing } : {}) }
  } catch (error) {
    await library.close()
    throw error
  }
}

async function openDense(library: Library, embedder: Embedder): Promise<DenseParts> {
  const { vectors, dimension, windowPassages, hnswPath } = await library.loadVectors()
  const vectorIndex = await openVectorIndex({ vectors, dimension, ...(hnswPath === undefined ? {} : { hnswPath }) })
  return { embedder, vectorIndex, windowPassages, vectors }
}

function checkCorpus({ manifest }: Library, { indexDir, corpusDir }: Config): void {
  const made = resolve(indexDir, manifest.corpus)
  if (made !== corpusDir)
    throw new AppError('INDEX_MISMATCH', { path: indexDir, problem: `it was built from ${made}, not from ${corpusDir}.` })
}

function checkEmbedder(made: string, embedder: Embedder, { indexDir }: Config): void {
  if (made === embedder.id) return
  throw new AppError('INDEX_MISMATCH', {
    path: indexDir,
    problem: `its vectors were made by ${made}, but the embedding model here is ${embedder.id}.`,
  })
}

/** Changes whenever another generation came into use. */
export async function readPointerStamp(indexDir: string): Promise<string> {
  const info = await stat(join(indexDir, pointerFile), { bigint: true }).catch(() => undefined)
  return info === undefined ? 'none' : `${info.mtimeNs} ${info.ino} ${info.size}`
}
