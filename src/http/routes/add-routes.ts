import type { Express, RequestHandler } from 'express'
import { AppError } from '../../core/errors/app-error.js'
import type { Route } from './route.js'

/** Adds the routes to the app; at each of their addresses every other method is refused with the list of those allowed. */
export function addRoutes(app: Express, routes: readonly Route[]): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const here = routes.filter((route) => route.path === path)
    const atPath = app.route(path)
    for (const route of here) atPath[route.method](...route.handlers)
    atPath.all(refuseMethod(here))
  }
}

function refuseMethod(routes: readonly Route[]): RequestHandler {
  const allowed = routes.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])).join(', ')
  return (request, response, next) => {
    response.set('Allow', allowed)
    if (request.method === 'OPTIONS') response.status(204).end()
    else next(new AppError('METHOD_NOT_ALLOWED', { path: request.path.slice(0, 200), method: request.method, allowed }))
  }
}
