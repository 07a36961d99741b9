import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { answerChat } from './scripted-ollama/chat-endpoint.js'
import type { OllamaScript, RecordedRequest } from './scripted-ollama/ollama-script.js'
import { pullModelFiles } from './scripted-ollama/pull-endpoint.js'
import { createState, type Exchange, type ServerState, sendJson } from './scripted-ollama/server-state.js'
import { embedTexts, listLoaded, listModels, showModel } from './scripted-ollama/small-endpoints.js'

export interface ScriptedOllama {
  /** Base URL, such as `http://127.0.0.1:49152`. */
  readonly url: string
  /** All requests in the order in which they came. */
  readonly requests: readonly RecordedRequest[]
  /** The chat requests among them. */
  readonly chats: readonly RecordedRequest[]
  /** Chat streams that are being written now. */
  readonly openStreams: number
  /** How often a model was loaded, or loaded again because of other load-time options. */
  readonly loads: number
  /** Connections that are open now. */
  countConnections(): Promise<number>
  /** Cuts everything and ends. Safe to call twice. */
  close(): Promise<void>
}

/** Speaks Ollama's protocol on a free loopback port, through real sockets, and fails as its script says. */
export async function startScriptedOllama(script: OllamaScript = {}): Promise<ScriptedOllama> {
  const state = createState(script)
  const server = createServer((request, response) => {
    handle(state, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The scripted Ollama has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests: state.requests,
    get chats() {
      return state.requests.filter((request) => request.path === '/api/chat')
    },
    get openStreams() {
      return state.openStreams
    },
    get loads() {
      return state.loads
    },
    countConnections: () =>
      new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count)))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function handle(state: ServerState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await readBody(request)
  const path = new URL(request.url ?? '/', 'http://localhost').pathname
  const record: RecordedRequest = {
    method: request.method ?? '',
    path,
    headers: request.headers,
    body: text === '' ? {} : JSON.parse(text),
    isServed: false,
    tokens: 0,
    isAnswered: false,
  }
  state.requests.push(record)
  const closed = new AbortController()
  response.on('close', () => {
    if (response.writableFinished) record.isAnswered = true
    else {
      record.stoppedAfterTokens = record.tokens
      closed.abort()
    }
  })
  if (state.script.isSilent !== true) await route({ state, record, response, closed: closed.signal })
}

async function route(exchange: Exchange): Promise<void> {
  const { state, record, response } = exchange
  const { foreign } = state.script
  if (foreign !== undefined && record.method === 'GET') {
    response.writeHead(foreign.status, { 'content-type': foreign.contentType ?? 'text/html' })
    response.end(foreign.body)
    return
  }
  switch (`${record.method} ${record.path}`) {
    case 'GET /':
      response.end('Ollama is running')
      return
    case 'GET /api/version':
      return sendJson(response, 200, { version: state.script.version ?? '0.32.15' })
    case 'GET /api/tags':
      return listModels(exchange)
    case 'GET /api/ps':
      return listLoaded(exchange)
    case 'POST /api/show':
      return showModel(exchange)
    case 'POST /api/embed':
      return embedTexts(exchange)
    case 'POST /api/chat':
      return answerChat(exchange)
    case 'POST /api/pull':
      return pullModelFiles(exchange)
    default:
      response.writeHead(404, { 'content-type': 'text/plain' })
      response.end('404 page not found')
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  request.setEncoding('utf8')
  for await (const chunk of request) text += String(chunk)
  return text
}
