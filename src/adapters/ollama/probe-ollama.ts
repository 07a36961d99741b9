import { connect } from 'node:net'
import { AppError } from '../../core/errors/app-error.js'
import { toInterruption, toOllamaFailure } from './ollama-failure.js'
import type { OllamaTarget } from './ollama-target.js'
import { openCall } from './open-call.js'
import { toDisplayUrl } from './parse-ollama-host.js'
import { type OllamaModel, parseModels, parseVersion } from './parse-replies.js'

export interface ProbeOptions {
  readonly baseUrl: string
  /** For the whole probe; 1 s unless told. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

export interface OllamaState {
  readonly version: string
  /** In the order in which Ollama lists them, the newest first. */
  readonly models: readonly OllamaModel[]
}

const defaultTimeoutMs = 1_000

/**
 * Asks whether Ollama is there and which models it has; loads nothing. Rejects with OLLAMA_UNREACHABLE, soon, also when
 * something answers that is not Ollama or refuses us, and with INTERRUPTED when the signal fires.
 */
export async function probeOllama(options: ProbeOptions): Promise<OllamaState> {
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs
  const target = { baseUrl: options.baseUrl, connectMs: timeoutMs }
  const deadline = new AbortController()
  const forward = () => deadline.abort(options.signal?.reason)
  if (options.signal?.aborted === true) throw toInterruption(options.signal)
  options.signal?.addEventListener('abort', forward, { once: true })
  const timer = setTimeout(() => deadline.abort(toUnreachable(target, `it gave no reply within ${timeoutMs / 1000} s.`)), timeoutMs)
  try {
    return await readState(target, deadline.signal)
  } finally {
    clearTimeout(timer)
    options.signal?.removeEventListener('abort', forward)
  }
}

async function readState(target: OllamaTarget, signal: AbortSignal): Promise<OllamaState> {
  try {
    await checkListening(target, signal)
    return await callState(target, signal)
  } catch (thrown) {
    throw toProbeFailure(toOllamaFailure(thrown, target, signal), target)
  }
}

async function callState(target: OllamaTarget, signal: AbortSignal): Promise<OllamaState> {
  const call = await openCall(target, signal)
  try {
    const [version, tags] = await Promise.all([call.client.version(), call.client.list()])
    return { version: parseVersion(version, target), models: parseModels(tags, target) }
  } finally {
    call.close()
  }
}

/** Opens a bare connection and closes it: where nobody listens, that is known 25 ms before client and fetch are even loaded. */
function checkListening(target: OllamaTarget, signal: AbortSignal): Promise<void> {
  const { hostname, port, protocol } = new URL(target.baseUrl)
  const host = hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port) || (protocol === 'https:' ? 443 : 80) })
    const stop = () => socket.destroy(toInterruption(signal))
    signal.addEventListener('abort', stop, { once: true })
    socket.on('error', reject)
    socket.on('close', () => signal.removeEventListener('abort', stop))
    socket.on('connect', () => {
      socket.destroy()
      resolve()
    })
  })
}

function toProbeFailure(failure: AppError, target: OllamaTarget): AppError {
  if (failure.code !== 'OLLAMA_FAILED' && failure.code !== 'OLLAMA_CUT') return failure
  return toUnreachable(target, String(failure.details.problem ?? failure.message), failure)
}

function toUnreachable(target: OllamaTarget, problem: string, cause?: unknown): AppError {
  return new AppError('OLLAMA_UNREACHABLE', { url: toDisplayUrl(target.baseUrl), problem }, cause)
}
