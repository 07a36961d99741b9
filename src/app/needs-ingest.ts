import { AppError } from '../core/errors/app-error.js'
import { findChangedSources } from '../library/find-changed-sources.js'
import { findModel, openLocalEmbedder } from './choose-embedder.js'
import type { Config } from './config/config.js'
import { openIndex } from './open-index.js'

/** Why the index does not fit what is there now, in a sentence; undefined when it does. Asks nothing of the network. */
export async function needsIngest(config: Config): Promise<string | undefined> {
  const chosen = await openLocalEmbedder(config, { kind: 'in-process', threads: 1 })
  try {
    const { library } = await openIndex(config, chosen)
    try {
      if (library.manifest.embedder === null && (await findModel(config)).kind === 'found') return 'The embedding model is here now.'
      const [change] = await findChangedSources(library.manifest, config.corpusDir)
      return change === undefined ? undefined : 'The books have changed.'
    } finally {
      await library.close()
    }
  } catch (error) {
    if (error instanceof AppError && mendedByIngest.has(error.code))
      return error.code === 'NOT_INGESTED' ? 'There is no index yet.' : error.message
    throw error
  } finally {
    if (chosen.kind === 'embedder') await chosen.embedder.close()
  }
}

const mendedByIngest: ReadonlySet<string> = new Set(['NOT_INGESTED', 'INDEX_MISMATCH', 'INDEX_OLD_SCHEMA', 'INDEX_DAMAGED'])
