import { createBookFolder } from '../adapters/book-files/create-book-folder.js'
import type { DownloadProgress } from '../adapters/embedding-model/download-model.js'
import { writeHnswFile } from '../adapters/hnsw/build-vector-index.js'
import type { Notice } from '../core/types/answer.js'
import { type IngestParts, type IngestProgress, type IngestReport, ingest } from '../ingest/ingest.js'
import { openLocalEmbedder } from './choose-embedder.js'
import type { Config } from './config/config.js'
import { fetchMissingModel } from './fetch-embedding-model.js'
import { hnswMissing } from './open-index.js'
import { toNotice } from './shortfall.js'

export interface RunIngestOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: IngestProgress) => void
  readonly onDownload?: (progress: DownloadProgress) => void
}

/** Measured fastest on two cores: two processes of one thread, windows sorted by length (embedding notes). */
const ingestMode = { kind: 'processes', count: 2, threadsEach: 1 } as const

/** Ingests the corpus folder with the best embedder that can be had, fetching the model first when it is nowhere yet. */
export async function runIngest(config: Config, options: RunIngestOptions = {}): Promise<IngestReport> {
  const { signal, onProgress, onDownload } = options
  const withSignal = signal === undefined ? {} : { signal }
  const missing = await fetchMissingModel(config, { ...withSignal, ...(onDownload === undefined ? {} : { onProgress: onDownload }) })
  const chosen = await openLocalEmbedder(config, ingestMode)
  let hnswNotice: Notice | undefined
  const parts: IngestParts = {
    source: createBookFolder(config.corpusDir),
    indexDir: config.indexDir,
    ...(chosen.kind === 'embedder' ? { embedder: chosen.embedder } : {}),
    writeVectorFile: async (request) => {
      const written = await writeHnswFile(request)
      if (written.kind === 'left-out' && written.why === 'hnswlib-missing') hnswNotice = toNotice(hnswMissing)
      return written.kind === 'written' ? 'written' : 'not needed'
    },
    now: () => new Date(),
  }
  try {
    const report = await ingest(parts, { ...withSignal, ...(onProgress === undefined ? {} : { onProgress }) })
    const notices = [missing ?? (chosen.kind === 'none' ? toNotice(chosen.shortfall) : undefined), hnswNotice].filter(
      (notice) => notice !== undefined,
    )
    return { ...report, notices: [...notices, ...report.notices] }
  } finally {
    if (chosen.kind === 'embedder') await chosen.embedder.close()
  }
}
