import type { Response } from 'express'
import type { LogFields } from '../app/logger.js'

/** What belongs to one request from its first middleware to its log line. */
export interface RequestContext {
  readonly id: string
  /** Fires when the client goes away or the service stops. */
  readonly signal: AbortSignal
  /** Adds fields to the request's log line. */
  note(fields: LogFields): void
}

const contexts = new WeakMap<Response, RequestContext>()

export function setContext(response: Response, context: RequestContext): void {
  contexts.set(response, context)
}

/** The context that `trackRequest` made for this response. Fails when that middleware has not run. */
export function contextOf(response: Response): RequestContext {
  const context = contexts.get(response)
  if (context === undefined) throw new Error('trackRequest must run before everything else')
  return context
}
