import type { Request, Response } from 'express'
import { contextOf } from '../request-context.js'
import { untilAborted } from '../until-aborted.js'
import type { Route, RouteParts } from './route.js'

/** /healthz: the process lives. /readyz: it can answer, perhaps in a lesser way; 503 when a part that it needs has failed. */
export function createHealthRoutes({ pilotbook }: RouteParts): readonly Route[] {
  const live = (_request: Request, response: Response): void => {
    response.set('Cache-Control', 'no-store').json({ live: true })
  }
  const ready = async (_request: Request, response: Response): Promise<void> => {
    const { signal } = contextOf(response)
    const parts = await untilAborted(pilotbook.status({ signal }), signal)
    const isReady = parts.every((part) => part.state !== 'failed')
    response
      .status(isReady ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ ready: isReady, parts })
  }
  return [
    { method: 'get', path: '/healthz', handlers: [live] },
    { method: 'get', path: '/readyz', handlers: [ready] },
  ]
}
