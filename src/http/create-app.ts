import { setMaxListeners } from 'node:events'
import { join } from 'node:path'
import express, { type Express } from 'express'
import type { Logger } from '../app/logger.js'
import type { Pilotbook } from '../app/pilotbook.js'
import { checkHost } from './middleware/check-host.js'
import { checkOrigin } from './middleware/check-origin.js'
import { refuseUnknownPath, sendProblem } from './middleware/send-problem.js'
import { setSecurityHeaders } from './middleware/set-security-headers.js'
import { trackRequest } from './middleware/track-request.js'
import { addRoutes } from './routes/add-routes.js'
import { createRoutes } from './routes/create-routes.js'
import { addPage } from './routes/page.js'
import { defaultLimits, type HttpLimits } from './routes/route.js'

export interface AppOptions {
  readonly pilotbook: Pilotbook
  readonly logger: Logger
  /** Folder of index.html. */
  readonly pageDir: string
  /** Folder of the compiled client; `client` beside the page's folder when absent. */
  readonly clientDir?: string
  readonly limits?: Partial<HttpLimits>
  /** Host names the service answers to besides localhost and IP addresses: the bound host, a name in the local network. */
  readonly allowedHosts?: readonly string[]
}

/** Emitted on the app by `listen` when the service stops: running requests are told to end. */
export const closingEvent = 'closing'

/** The HTTP service as an express app that does not listen. It fails on no input: what is wrong becomes a problem document. */
export function createApp(options: AppOptions): Express {
  const { pilotbook, logger, pageDir, clientDir = join(pageDir, '..', 'client'), allowedHosts = [] } = options
  const limits = { ...defaultLimits, ...options.limits }
  const app = express()
  app.set('etag', false)
  app.disable('x-powered-by')
  const closing = new AbortController()
  // Every running request listens to it.
  setMaxListeners(0, closing.signal)
  app.once(closingEvent, () => closing.abort())

  app.use(trackRequest({ logger, closing: closing.signal }))
  app.use(setSecurityHeaders())
  app.use(checkHost(allowedHosts))
  app.use(checkOrigin())
  addRoutes(app, createRoutes({ pilotbook, logger, limits }))
  addPage(app, { pilotbook, logger, pageDir, clientDir })
  app.use(refuseUnknownPath())
  app.use(sendProblem(logger))
  return app
}
