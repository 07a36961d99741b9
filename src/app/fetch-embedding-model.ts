import type { DownloadProgress } from '../adapters/embedding-model/download-model.js'
import { AppError } from '../core/errors/app-error.js'
import type { Notice } from '../core/types/answer.js'
import { findModel, modelCacheDir } from './choose-embedder.js'
import type { Config } from './config/config.js'

export interface FetchOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: DownloadProgress) => void
}

/** Fetches the embedding model into the cache. Rejects with MODEL_DOWNLOAD_FAILED, also when PILOTBOOK_OFFLINE forbids it. */
export async function fetchEmbeddingModel(config: Config, options: FetchOptions = {}): Promise<{ path: string; revision: string }> {
  if (config.offline)
    throw new AppError('MODEL_DOWNLOAD_FAILED', { url: config.hubUrl, problem: 'PILOTBOOK_OFFLINE is set, so that nothing is fetched' })
  const { downloadModel } = await import('../adapters/embedding-model/download-model.js')
  return downloadModel({
    cacheDir: modelCacheDir(config.dataDir),
    dtype: config.embeddingDtype,
    hubUrl: config.hubUrl,
    ...(config.hubRevision === undefined ? {} : { revision: config.hubRevision }),
    ...options,
  })
}

/**
 * Before an ingest: fetches the model when it is nowhere yet. An ingest goes on without it, so that it is not stopped by a missing
 * network; the notice says what happened.
 */
export async function fetchMissingModel(config: Config, options: FetchOptions = {}): Promise<Notice | undefined> {
  if ((await findModel(config)).kind === 'found') return undefined
  try {
    await fetchEmbeddingModel(config, options)
    return undefined
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'MODEL_DOWNLOAD_FAILED') throw error
    return {
      code: 'EMBEDDING_MODEL_MISSING',
      text: `${error.message} The embedding model is not here. ${config.offline ? 'Unset PILOTBOOK_OFFLINE and run `pilotbook models pull`, or set PILOTBOOK_MODEL_DIR to a folder that holds the model.' : error.remedy}`,
    }
  }
}
