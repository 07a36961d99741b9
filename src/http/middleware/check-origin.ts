import type { Request, RequestHandler } from 'express'
import { AppError } from '../../core/errors/app-error.js'

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what a page of another site tries to set going here. Programs that are no browsers send neither header and pass;
 * reading from another site is stopped by the browser, because no reply carries CORS headers.
 */
export function checkOrigin(): RequestHandler {
  return (request, _response, next) => {
    if (readingMethods.has(request.method) || comesFromHere(request)) next()
    else next(new AppError('ORIGIN_REFUSED', { origin: (request.get('origin') ?? 'unknown').slice(0, 200) }))
  }
}

function comesFromHere(request: Request): boolean {
  const origin = request.get('origin')
  if (origin === undefined) return ['same-origin', 'none', undefined].includes(request.get('sec-fetch-site'))
  if (!URL.canParse(origin)) return false
  const { host, protocol } = new URL(origin)
  return (protocol === 'http:' || protocol === 'https:') && host === toHost(request.get('host'), protocol)
}

/** The Host header as an origin of that protocol would write it: without the protocol's own port. */
function toHost(header: string | undefined, protocol: string): string | undefined {
  const url = `${protocol}//${header}`
  return URL.canParse(url) ? new URL(url).host : undefined
}
