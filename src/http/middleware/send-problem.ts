import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from '../../app/logger.js'
import { AppError, toAppError } from '../../core/errors/app-error.js'
import { errorCatalog } from '../../core/errors/error-catalog.js'
import { toProblem } from '../problem.js'
import { contextOf } from '../request-context.js'
import { logFailure } from './log-failure.js'

/** Last of the handlers: nothing stands at this address. */
export function refuseUnknownPath(): RequestHandler {
  return (request, _response, next) => next(new AppError('NOT_FOUND', { path: request.path.slice(0, 200) }))
}

/** The door's one translator: whatever was thrown becomes a problem document and, when the fault is ours, a line in the log. */
export function sendProblem(logger: Logger): ErrorRequestHandler {
  // biome-ignore lint/complexity/useMaxParams: express knows error handlers by their four parameters
  return (thrown: unknown, request, response, _next) => {
    const { id, note, signal } = contextOf(response)
    const error = toDoorError(signal.aborted ? signal.reason : thrown, request.path)
    note({ code: error.code })
    if (error.httpStatus >= 500) logFailure(logger, { error, requestId: id, step: 'http' })
    if (response.destroyed || response.headersSent) {
      response.end()
      return
    }
    const problem = toProblem(error, id)
    if (error.httpStatus === 503 && errorCatalog[error.code].retry === 'later') response.set('Retry-After', '5')
    if (error.code === 'SHUTTING_DOWN') response.set('Connection', 'close')
    response.status(problem.status).set('Cache-Control', 'no-store')
    response.type('application/problem+json').send(JSON.stringify(problem))
  }
}

/** Express throws plain errors with a status of their own: for an address that cannot be decoded and for a file that is not there. */
function toDoorError(thrown: unknown, path: string): AppError {
  if (thrown instanceof AppError || !(thrown instanceof Error) || !('status' in thrown)) return toAppError(thrown)
  if (thrown.status === 404) return new AppError('NOT_FOUND', { path: path.slice(0, 200) }, thrown)
  if (typeof thrown.status === 'number' && thrown.status < 500) {
    return new AppError('REQUEST_INVALID', { problem: thrown.message.slice(0, 200) }, thrown)
  }
  return toAppError(thrown)
}
