import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError } from '../../core/errors/app-error.js'
import type { Embedder } from '../../core/ports/embedder.js'
import { fingerprintModel } from './fingerprint-model.js'
import { type ModelDtype, maxWindowTokens, modelDimension, modelName } from './model-files.js'
import type { ModelSession } from './model-session.js'
import { loadModelTokenizer, type ModelTokenizer } from './model-tokenizer.js'
import { runBatches } from './run-batches.js'

/** Where the model runs: here (for one question in a short-lived process), or beside, so that this event loop stays free. */
export type EmbedderMode =
  | { readonly kind: 'in-process'; readonly threads: number }
  | { readonly kind: 'processes'; readonly count: number; readonly threadsEach: number }

export interface OpenEmbedderOptions {
  /** A complete model folder, as `findModelFolder` finds it. */
  readonly folder: string
  readonly dtype: ModelDtype
  readonly mode: EmbedderMode
  /** A small JSON file that remembers the model's hash between processes. */
  readonly fingerprintsPath?: string
}

const fingerprintCharacters = 12
const specialTokens = 2
const textsPerTurn = 32

/** Opens all-MiniLM-L12-v2. Rejects with MODEL_UNUSABLE when the folder holds damaged files or another model. */
export async function openEmbedder(options: OpenEmbedderOptions): Promise<Embedder> {
  const { folder, dtype, mode, fingerprintsPath } = options
  const memory = fingerprintsPath === undefined ? {} : { memoryPath: fingerprintsPath }
  const [tokenizer, sha256] = await Promise.all([loadModelTokenizer(folder), fingerprintModel({ folder, dtype, ...memory })])
  const sessions = await openSessions(folder, dtype, mode)
  return createEmbedder(`${modelName}/${dtype}@${sha256.slice(0, fingerprintCharacters)}`, tokenizer, sessions)
}

async function openSessions(folder: string, dtype: ModelDtype, mode: EmbedderMode): Promise<readonly ModelSession[]> {
  switch (mode.kind) {
    case 'in-process': {
      const { openModelSession } = await import('./model-session.js')
      return [await openModelSession({ folder, dtype, threads: mode.threads })]
    }
    case 'processes': {
      const [{ openEmbeddingProcess }, { openRevivingSession }] = await Promise.all([
        import('./embedding-process.js'),
        import('./reviving-session.js'),
      ])
      const open = () => openRevivingSession(() => openEmbeddingProcess({ folder, dtype, threads: mode.threadsEach }))
      const opened = await Promise.allSettled(Array.from({ length: mode.count }, open))
      const sessions = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      const failed = opened.find((one) => one.status === 'rejected')
      if (failed === undefined) return sessions
      await Promise.all(sessions.map((session) => session.close()))
      throw failed.reason
    }
  }
}

function createEmbedder(id: string, tokenizer: ModelTokenizer, sessions: readonly ModelSession[]): Embedder {
  let closing: Promise<unknown> | undefined
  return {
    id,
    dimension: modelDimension,
    maxWindowTokens,
    countTokens: (text) => tokenizer.countTokens(text),
    async embed(texts, embedOptions = {}) {
      if (closing !== undefined) throw new AppError('EMBEDDING_FAILED', { problem: 'it was closed' })
      const encoded = await encodeAll(texts, tokenizer, embedOptions.signal)
      return runBatches(encoded, sessions, embedOptions)
    },
    async close() {
      closing ??= Promise.all(sessions.map((session) => session.close()))
      await closing
    },
  }
}

async function encodeAll(texts: readonly string[], tokenizer: ModelTokenizer, signal?: AbortSignal): Promise<readonly Int32Array[]> {
  const encoded: Int32Array[] = []
  for (const text of texts) {
    if (encoded.length > 0 && encoded.length % textsPerTurn === 0) await nextTurn()
    signal?.throwIfAborted()
    encoded.push(checkLength(tokenizer.encode(text)))
  }
  return encoded
}

// The model would take up to 512 word pieces and drop the rest in silence; it was trained on 128.
function checkLength(ids: Int32Array): Int32Array {
  const pieces = ids.length - specialTokens
  if (pieces <= maxWindowTokens) return ids
  throw new AppError('EMBEDDING_FAILED', { problem: `a text has ${pieces} word pieces; one window holds ${maxWindowTokens}` })
}
