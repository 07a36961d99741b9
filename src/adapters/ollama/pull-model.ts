import { AppError } from '../../core/errors/app-error.js'
import { toOllamaFailure } from './ollama-failure.js'
import { openCall } from './open-call.js'
import { toDisplayUrl } from './parse-ollama-host.js'
import { type PullReply, parsePullReply } from './parse-replies.js'

/** Sums over all layers known so far, in bytes: `totalBytes` grows while Ollama names more layers. */
export interface PullProgress {
  /** What Ollama says it is doing, such as `pulling manifest`. */
  readonly status: string
  readonly completedBytes: number
  readonly totalBytes: number
}

export interface PullSettings {
  readonly baseUrl: string
  readonly model: string
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: PullProgress) => void
}

/**
 * Lets Ollama download a model; what was loaded before a cancel is kept by Ollama and not loaded again. Rejects with
 * OLLAMA_UNREACHABLE, OLLAMA_CUT, INTERRUPTED, and OLLAMA_FAILED, also for a name that its registry does not know.
 */
export async function pullModel(settings: PullSettings): Promise<void> {
  const { baseUrl, model, signal, onProgress } = settings
  const target = { baseUrl, model }
  const call = await openCall(target, signal)
  try {
    const layers = new Map<string, PullReply>()
    for await (const line of await call.client.pull({ model, stream: true })) {
      const reply = parsePullReply(line, target)
      if (reply.digest !== undefined) layers.set(reply.digest, reply)
      onProgress?.(toProgress(reply.status, [...layers.values()]))
    }
  } catch (thrown) {
    throw toPullFailure(toOllamaFailure(thrown, target, call.signal), model, baseUrl)
  } finally {
    call.close()
  }
}

function toProgress(status: string, layers: readonly PullReply[]): PullProgress {
  const sum = (pick: (layer: PullReply) => number) => layers.reduce((bytes, layer) => bytes + pick(layer), 0)
  return { status, completedBytes: sum((layer) => layer.completed), totalBytes: sum((layer) => layer.total) }
}

function toPullFailure(failure: AppError, model: string, baseUrl: string): AppError {
  const reported = String(failure.details.problem ?? '')
  if (failure.code !== 'OLLAMA_FAILED' || !/manifest: file does not exist/i.test(reported)) return failure
  return new AppError(
    'OLLAMA_FAILED',
    { url: toDisplayUrl(baseUrl), problem: `there is no model "${model}" to pull (${reported}).` },
    failure,
  )
}
