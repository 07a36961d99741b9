import { openLocalEmbedder } from '../app/choose-embedder.js'
import type { Config } from '../app/config/config.js'
import { AppError } from '../core/errors/app-error.js'
import { PilotbookEmbeddings } from './pilotbook-embeddings.js'

/**
 * The embedding model of this machine, the one that `ingest` uses, in a process beside; `close` it at the end. Never asks the hub.
 * Rejects with EMBEDDING_MODEL_MISSING, MODEL_FOLDER_INCOMPLETE or MODEL_UNUSABLE.
 */
export async function openEmbeddings(config: Config): Promise<PilotbookEmbeddings> {
  const chosen = await openLocalEmbedder(config, { kind: 'processes', count: 1, threadsEach: 2 })
  if (chosen.kind === 'none') throw new AppError('EMBEDDING_MODEL_MISSING')
  return new PilotbookEmbeddings(chosen.embedder)
}
