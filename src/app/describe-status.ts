import { toAppError } from '../core/errors/app-error.js'
import { findChangedSources } from '../library/find-changed-sources.js'
import { findModel, modelMissing } from './choose-embedder.js'
import { chooseGenerator } from './choose-generator.js'
import type { Config } from './config/config.js'
import type { OpenIndex } from './open-index.js'
import type { PartStatus } from './pilotbook.js'
import type { Shortfall } from './shortfall.js'

type UseIndex = () => Promise<{ readonly index: OpenIndex; readonly done: () => Promise<void> }>

/** What is in use and what would be better, part by part; a part that fails says so here instead of rejecting. */
export async function describeStatus(config: Config, useIndex: UseIndex, signal?: AbortSignal): Promise<readonly PartStatus[]> {
  const [index, generator] = await Promise.all([describeIndex(config, useIndex), describeGenerator(config, signal)])
  return [...index, generator]
}

async function describeIndex(config: Config, useIndex: UseIndex): Promise<readonly PartStatus[]> {
  try {
    const { index, done } = await useIndex()
    try {
      const { counts, createdAt } = index.library.manifest
      const text = `${counts.books} ${counts.books === 1 ? 'book' : 'books'}, ${counts.passages} passages, built ${createdAt}`
      const [change] = await findChangedSources(index.library.manifest, config.corpusDir)
      const described: PartStatus =
        change === undefined
          ? { part: 'index', state: 'ok', text }
          : { part: 'index', state: 'degraded', text: `${text}; ${change.text}`, remedy: 'Run `pilotbook ingest`.' }
      return [described, describeEmbedder(index), ...describeVectorIndex(index)]
    } finally {
      await done()
    }
  } catch (thrown) {
    const error = toAppError(thrown)
    return [{ part: 'index', state: 'failed', text: error.message, remedy: error.remedy }, await describeModelFiles(config)]
  }
}

function describeEmbedder({ library, dense, shortfall }: OpenIndex): PartStatus {
  const made = library.manifest.embedder
  if (dense !== undefined && made !== null)
    return { part: 'embedder', state: 'ok', text: `${made.id}, ${library.manifest.counts.windows} windows` }
  return toDegraded('embedder', shortfall ?? modelMissing)
}

function describeVectorIndex({ dense, shortfall }: OpenIndex): readonly PartStatus[] {
  if (dense === undefined) return []
  if (shortfall !== undefined) return [toDegraded('vector index', shortfall)]
  const text = dense.vectorIndex.method === 'hnsw' ? 'HNSW' : 'exact search, as good for so few vectors'
  return [{ part: 'vector index', state: 'ok', text: `${text} over ${dense.vectorIndex.size} vectors` }]
}

async function describeModelFiles(config: Config): Promise<PartStatus> {
  try {
    const found = await findModel(config)
    if (found.kind === 'found') return { part: 'embedder', state: 'ok', text: `model files from ${found.path}` }
    return toDegraded('embedder', modelMissing)
  } catch (thrown) {
    const error = toAppError(thrown)
    return { part: 'embedder', state: 'failed', text: error.message, remedy: error.remedy }
  }
}

async function describeGenerator(config: Config, signal: AbortSignal | undefined): Promise<PartStatus> {
  const { generator, model, shortfall } = await chooseGenerator(config, undefined, signal)
  if (shortfall === undefined)
    return { part: 'generator', state: 'ok', text: `${generator.aiModel} (${model ?? ''}) through Ollama at ${config.ollamaUrl}` }
  return toDegraded('generator', shortfall)
}

function toDegraded(part: PartStatus['part'], { problem, remedy }: Shortfall): PartStatus {
  return { part, state: 'degraded', text: problem, remedy }
}
