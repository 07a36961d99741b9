import { type Express, type Request, type Response, static as serveFiles } from 'express'
import type { Logger } from '../../app/logger.js'
import type { Pilotbook } from '../../app/pilotbook.js'
import { toAppError } from '../../core/errors/app-error.js'
import { logFailure } from '../middleware/log-failure.js'
import { contextOf } from '../request-context.js'
import { addRoutes } from './add-routes.js'

export interface PageParts {
  readonly pilotbook: Pilotbook
  readonly logger: Logger
  /** Holds index.html and what it loads. */
  readonly pageDir: string
  /** Holds the compiled client, served under /client/. */
  readonly clientDir: string
}

/** The page at `/`, the same page at the addresses of citations, and its files. Opening it warms the chat model. */
export function addPage(app: Express, parts: PageParts): void {
  const sendPage = (_request: Request, response: Response): void => {
    response.set('Cache-Control', 'no-cache').sendFile('index.html', { root: parts.pageDir })
  }
  const warm = createWarmUp(parts)
  const openPage = (request: Request, response: Response): void => {
    sendPage(request, response)
    if (request.method === 'GET') warm(contextOf(response).id)
  }
  addRoutes(app, [
    { method: 'get', path: '/', handlers: [openPage] },
    { method: 'get', path: '/books/:bookId/sections/:sectionId', handlers: [sendPage] },
  ])
  const noCache = { index: false, redirect: false, cacheControl: false, setHeaders: setNoCache } as const
  app.use('/client', serveFiles(parts.clientDir, noCache))
  app.use(serveFiles(parts.pageDir, noCache))
}

/** Kept by the browser but asked for again each time, so that a new version shows at once. */
function setNoCache(response: { setHeader(name: string, value: string): unknown }): void {
  response.setHeader('Cache-Control', 'no-cache')
}

/** Runs behind the page's back, one at a time: a model that cannot be loaded must not keep the page from opening. */
function createWarmUp({ pilotbook, logger }: PageParts): (requestId: string) => void {
  let isRunning = false
  return (requestId) => {
    if (isRunning) return
    isRunning = true
    void Promise.resolve()
      .then(() => pilotbook.warmUp())
      .catch((thrown: unknown) => logFailure(logger, { error: toAppError(thrown), requestId, step: 'warm-up' }))
      .finally(() => {
        isRunning = false
      })
  }
}
