import { randomUUID } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import type { LogFields, Logger } from '../../app/logger.js'
import { AppError } from '../../core/errors/app-error.js'
import { setContext } from '../request-context.js'

// A caller's id is repeated in a header and in the log, so only harmless characters and a short length are taken over.
const acceptableId = /^[\w.:-]{1,64}$/

export interface TrackRequestOptions {
  readonly logger: Logger
  /** Fires when the service stops. */
  readonly closing: AbortSignal
}

/** First of all middleware: gives each request its id, its abort signal and, when it has ended, its one log line. */
export function trackRequest({ logger, closing }: TrackRequestOptions): RequestHandler {
  return (request, response, next) => {
    const startedMs = performance.now()
    const id = toRequestId(request.get('x-request-id'))
    const stop = new AbortController()
    let noted: LogFields = {}
    const note = (fields: LogFields): void => {
      noted = { ...noted, ...fields }
    }
    setContext(response, { id, signal: stop.signal, note })
    response.setHeader('X-Request-Id', id)
    const path = request.path.slice(0, 200)
    const onClosing = (): void => stop.abort(new AppError('SHUTTING_DOWN'))
    closing.addEventListener('abort', onClosing, { once: true })
    response.once('close', () => {
      closing.removeEventListener('abort', onClosing)
      if (!response.writableFinished) stop.abort(new AppError('INTERRUPTED'))
      const ms = Math.round(performance.now() - startedMs)
      logger.info({ step: 'http', requestId: id, ...describe(request, response), path, ms, ...noted })
    })
    if (closing.aborted) next(new AppError('SHUTTING_DOWN'))
    else next()
  }
}

function toRequestId(sent: string | undefined): string {
  return sent !== undefined && acceptableId.test(sent) ? sent : randomUUID()
}

/** A client that left before the end is logged as 499, whatever status had been begun. */
function describe(request: Request, response: Response): LogFields {
  const cut = !response.writableFinished
  return { method: request.method, status: cut ? 499 : response.statusCode, ...(cut ? { aborted: true } : {}) }
}
