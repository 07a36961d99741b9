import { AppError, toAppError } from '../core/errors/app-error.js'
import type { ErrorCode } from '../core/errors/error-catalog.js'

/** The one shape of every failure, RFC 9457 problem details with our own members; also the last event of a stream that failed. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ErrorCode
  /** `detail` is the standard's name for the same sentence. */
  readonly detail: string
  readonly message: string
  readonly remedy: string
  readonly requestId: string
}

/** Any thrown value as a problem. What went wrong inside us stays in the log: the client gets the request id to find it by. */
export function toProblem(thrown: unknown, requestId: string): Problem {
  const seen = toAppError(thrown)
  const error = seen.code === 'INTERNAL' ? new AppError('INTERNAL', { problem: `the log tells more under ${requestId}.` }, seen) : seen
  return {
    type: `urn:pilotbook:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: toTitle(error.code),
    status: error.httpStatus,
    code: error.code,
    detail: error.message,
    message: error.message,
    remedy: error.remedy,
    requestId,
  }
}

function toTitle(code: ErrorCode): string {
  const words = code.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
