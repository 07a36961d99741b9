import type { Request, Response } from 'express'
import { openApiDocument } from '../open-api/open-api-document.js'
import type { Route } from './route.js'

/** GET /openapi.json: the description of this API. */
export function createOpenApiRoute(): Route {
  const handle = (_request: Request, response: Response): void => {
    response.set('Cache-Control', 'no-cache').json(openApiDocument)
  }
  return { method: 'get', path: '/openapi.json', handlers: [handle] }
}
