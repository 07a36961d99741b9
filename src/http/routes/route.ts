import type { Request, RequestHandler } from 'express'
import type { Logger } from '../../app/logger.js'
import type { Pilotbook } from '../../app/pilotbook.js'

/** One address with one method. All of them together are the API that /openapi.json describes. */
export interface Route {
  readonly method: 'get' | 'post' | 'patch' | 'delete'
  /** As express writes it: `/api/books/:bookId`. */
  readonly path: string
  /** In order; the last one replies. A rejection goes to `sendProblem`. */
  readonly handlers: readonly RequestHandler[]
}

export interface HttpLimits {
  /** Bodies above this are refused unread. */
  readonly maxBodyBytes: number
  /** UTF-16 code units, after trimming. */
  readonly maxQuestionLength: number
  /** How long a stream may be silent before a comment line keeps proxies from closing it. */
  readonly heartbeatMs: number
}

export const defaultLimits: HttpLimits = { maxBodyBytes: 512 * 1024, maxQuestionLength: 100_000, heartbeatMs: 15_000 }

/** What routes need. */
export interface RouteParts {
  readonly pilotbook: Pilotbook
  readonly logger: Logger
  readonly limits: HttpLimits
}

/** A part of the address, decoded. */
export function pathWord(request: Request, name: string): string {
  const value = request.params[name]
  return typeof value === 'string' ? value : ''
}
