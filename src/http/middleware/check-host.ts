import { isIP } from 'node:net'
import type { RequestHandler } from 'express'
import { AppError } from '../../core/errors/app-error.js'

/**
 * Refuses requests for a host name that is not ours: a page of another site that has pointed its own name at this
 * machine (DNS rebinding) would otherwise be of the same origin. Addresses cannot be rebound, so all of them pass.
 */
export function checkHost(allowedHosts: readonly string[]): RequestHandler {
  const allowed = new Set(['localhost', ...allowedHosts.map((host) => host.toLowerCase())])
  return (request, _response, next) => {
    const header = request.get('host') ?? ''
    const name = toHostName(header)
    if (name !== undefined && (allowed.has(name) || name.endsWith('.localhost') || isIP(name) !== 0)) next()
    else next(new AppError('HOST_REFUSED', { host: header.slice(0, 200) }))
  }
}

function toHostName(header: string): string | undefined {
  if (!/^[\w.:[\]-]+$/.test(header) || !URL.canParse(`http://${header}`)) return undefined
  return new URL(`http://${header}`).hostname.replace(/^\[|\]$|\.$/g, '')
}
