import { join } from 'node:path'
import { findModelFolder } from '../adapters/embedding-model/find-model-folder.js'
import type { EmbedderMode } from '../adapters/embedding-model/open-embedder.js'
import type { Embedder } from '../core/ports/embedder.js'
import type { Config } from './config/config.js'
import { createShortfall, type Shortfall } from './shortfall.js'

/** As the original system's page names it. */
export const embeddingModelName = 'sentence-transformers/all-MiniLM-L12-v2'
export const noEmbeddingModel = 'none (word search)'

/** The embedder at hand, or why there is none. */
export type ChosenEmbedder =
  | { readonly kind: 'embedder'; readonly embedder: Embedder }
  | { readonly kind: 'none'; readonly shortfall: Shortfall }

export const modelMissing = createShortfall(
  'EMBEDDING_MODEL_MISSING',
  'No embedding model is here, so passages are found by their words alone.',
  'Run `pilotbook models pull`, then `pilotbook ingest`.',
)

/** Opens the embedder from the folder set or the cache; never asks the hub. Rejects with MODEL_FOLDER_INCOMPLETE or MODEL_UNUSABLE. */
export async function openLocalEmbedder(config: Config, mode: EmbedderMode): Promise<ChosenEmbedder> {
  const found = await findModel(config)
  if (found.kind === 'absent') return { kind: 'none', shortfall: modelMissing }
  const { openEmbedder } = await import('../adapters/embedding-model/open-embedder.js')
  const embedder = await openEmbedder({
    folder: found.path,
    dtype: config.embeddingDtype,
    mode,
    fingerprintsPath: join(config.dataDir, 'model-fingerprints.json'),
  })
  return { kind: 'embedder', embedder }
}

/** Where the embedding model's files are, or that they are nowhere. Rejects with MODEL_FOLDER_INCOMPLETE. */
export function findModel({ modelDir, dataDir, embeddingDtype }: Config) {
  return findModelFolder({ cacheDir: modelCacheDir(dataDir), dtype: embeddingDtype, ...(modelDir === undefined ? {} : { modelDir }) })
}

export function modelCacheDir(dataDir: string): string {
  return join(dataDir, 'models')
}
