import { AppError } from '../../core/errors/app-error.js'
import type { OllamaTarget } from './ollama-target.js'
import { toDisplayUrl } from './parse-ollama-host.js'

const connectionProblems: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused.',
  ENOTFOUND: 'the host name is not known.',
  EAI_AGAIN: 'the host name cannot be looked up.',
  EHOSTUNREACH: 'there is no way to this host.',
  ENETUNREACH: 'there is no way to this network.',
  ETIMEDOUT: 'the connection could not be made in time.',
}

/** Codes of a connection that stood and was then lost. */
const lostCodes = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'])

/** Whatever was thrown during a call, as the one AppError that says what happened. A fired signal explains everything else. */
export function toOllamaFailure(thrown: unknown, target: OllamaTarget, signal?: AbortSignal): AppError {
  if (signal?.aborted === true) return toInterruption(signal)
  if (thrown instanceof AppError) return thrown
  const url = toDisplayUrl(target.baseUrl)
  const { code, message } = parseCause(thrown)
  if (lostCodes.has(code)) return new AppError('OLLAMA_CUT', { url, problem: 'the connection was lost.' }, thrown)
  if (code.startsWith('HPE_')) return new AppError('OLLAMA_FAILED', { url, problem: 'it does not speak HTTP.' }, thrown)
  return new AppError('OLLAMA_UNREACHABLE', { url, problem: connectionProblems[code] ?? shorten(message) }, thrown)
}

/** Why a call was stopped: the signal's own reason when that is an AppError (such as TIMEOUT), otherwise INTERRUPTED. */
export function toInterruption(signal: AbortSignal): AppError {
  return signal.reason instanceof AppError ? signal.reason : new AppError('INTERRUPTED', {}, signal.reason)
}

/** An HTTP status of 300 and above, with its body as text. */
export function toStatusFailure(status: number, body: string, target: OllamaTarget): AppError {
  const reported = parseErrorText(body)
  const problem = reported === undefined ? `it answered with HTTP status ${status}.` : reported
  return toReportedFailure(problem, target)
}

/** What Ollama says in an `error` field, before the stream or in the middle of it. */
export function toReportedFailure(problem: string, target: OllamaTarget): AppError {
  const url = toDisplayUrl(target.baseUrl)
  if (/exceed_context_size_error|exceeds the (?:available )?context/i.test(problem)) return toPromptTooLong(problem, target)
  if (/^model\b.*\bnot found/i.test(problem)) {
    return new AppError('MODEL_NOT_PULLED', { url, model: target.model ?? 'asked for', available: 'others' })
  }
  return new AppError('OLLAMA_FAILED', { url, problem: shorten(problem) })
}

/** The same, as the newer engine reports it inside a JSON string with both counts, and the older one without any. */
function toPromptTooLong(problem: string, target: OllamaTarget): AppError {
  const limit = /"n_ctx"\s*:\s*(\d+)/.exec(problem)?.[1] ?? target.contextTokens ?? 'its model'
  const tokens = /"n_prompt_tokens"\s*:\s*(\d+)/.exec(problem)?.[1] ?? `more than ${limit}`
  return new AppError('PROMPT_TOO_LONG', { tokens, limit })
}

/** The `error` field of a body, as text; undefined when the body is not Ollama's. */
function parseErrorText(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed !== 'object' || parsed === null || !('error' in parsed)) return undefined
    return typeof parsed.error === 'string' ? parsed.error : JSON.stringify(parsed.error)
  } catch {
    return undefined
  }
}

function parseCause(thrown: unknown): { readonly code: string; readonly message: string } {
  if (!(thrown instanceof Error)) return { code: '', message: String(thrown) }
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
  return { code, message: thrown.message === '' ? code : thrown.message }
}

/** Foreign text goes into our messages in one line and bounded. */
function shorten(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  return line.length > 300 ? `${line.slice(0, 299)}…` : line
}
