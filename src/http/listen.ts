import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Express } from 'express'
import { AppError } from '../core/errors/app-error.js'
import { closingEvent } from './create-app.js'

export interface ListenOptions {
  readonly app: Express
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** How long running requests may take to end after `close`; then they are cut. */
  readonly graceMs?: number
}

export interface Listening {
  /** As a browser on this machine opens it, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Takes no more requests, ends open streams with a last event, and resolves when all connections are closed. Safe to call twice. */
  close(): Promise<void>
}

/** Opens the port. Rejects with PORT_TAKEN, or SETTING_INVALID when host or port cannot be used at all. */
export async function listen({ app, host, port, graceMs = 5000 }: ListenOptions): Promise<Listening> {
  const server = createServer(app)
  const closeConnections = trackConnections(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(toListenError(error, host, port)))
    server.listen(port, host, resolve)
  })
  const bound = boundPort(server, port)
  let closed: Promise<void> | undefined
  return {
    url: `http://${toUrlHost(host)}:${bound}`,
    port: bound,
    close: () => {
      app.emit(closingEvent)
      closed ??= closeServer(server, closeConnections, graceMs)
      return closed
    },
  }
}

/**
 * Node counts a connection as idle only after its first request, but browsers open some in advance: so we keep our own
 * account of which connections wait for a reply. The returned function closes all others now, and those once they have it.
 */
function trackConnections(server: Server): () => void {
  const open = new Set<Socket>()
  const busy = new Set<Socket>()
  let isClosing = false
  server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  server.on('request', ({ socket }, response) => {
    busy.add(socket)
    response.once('close', () => {
      busy.delete(socket)
      if (isClosing) socket.end()
    })
  })
  return () => {
    isClosing = true
    for (const socket of open) if (!busy.has(socket)) socket.destroy()
  }
}

async function closeServer(server: Server, closeConnections: () => void, graceMs: number): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()))
  closeConnections()
  const cut = setTimeout(() => server.closeAllConnections(), graceMs)
  await ended
  clearTimeout(cut)
}

function boundPort(server: Server, asked: number): number {
  const address: AddressInfo | string | null = server.address()
  return typeof address === 'object' && address !== null ? address.port : asked
}

/** An address that means "all of them" cannot be opened everywhere, but localhost can. */
function toUrlHost(host: string): string {
  if (host === '' || host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

function toListenError(error: NodeJS.ErrnoException, host: string, port: number): unknown {
  switch (error.code) {
    case 'EADDRINUSE':
      return new AppError('PORT_TAKEN', { host, port }, error)
    case 'EACCES':
      return new AppError('SETTING_INVALID', { name: 'PORT', value: port, expected: 'a port that this user may open' }, error)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new AppError('SETTING_INVALID', { name: 'HOST', value: host, expected: 'an address of this machine' }, error)
    default:
      return error
  }
}
