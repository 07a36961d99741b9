import type { IncomingMessage, RequestOptions } from 'node:http'
import { toInterruption, toOllamaFailure, toStatusFailure } from './ollama-failure.js'
import type { OllamaTarget } from './ollama-target.js'
import { readReplyDocument, readReplyLines, readText, toForeignReply } from './read-replies.js'

const defaultConnectMs = 3_000

/**
 * The `fetch` that the Ollama client is given for one call. Unlike Node's own it has no limit of 300 s for headers and
 * pauses (a cold model on a CPU needs longer), opens a socket of its own that dies with the call, and is cancelled by
 * `signal` in every phase, which is the only thing that stops Ollama from generating. Every failure is an AppError.
 */
export function createOllamaFetch(target: OllamaTarget, signal: AbortSignal): typeof fetch {
  return async (input, init) => {
    if (signal.aborted) throw toInterruption(signal)
    // The client passes plain strings and records. Naming Request or Headers here would load Node's own fetch: 12 ms.
    const url = new URL(String(input))
    const headers = Object.fromEntries(Object.entries(init?.headers ?? {}).map(([name, value]) => [name, String(value)]))
    const options = { method: init?.method ?? 'GET', headers, signal, agent: false }
    try {
      const message = await exchange(url, options, { body: String(init?.body ?? ''), connectMs: target.connectMs ?? defaultConnectMs })
      return await toResponse(message, target, signal)
    } catch (thrown) {
      throw toOllamaFailure(thrown, target, signal)
    }
  }
}

/** Sends the request and waits for the reply's headers, however long they take once the connection stands. */
async function exchange(url: URL, options: RequestOptions, sent: { body: string; connectMs: number }): Promise<IncomingMessage> {
  const { request } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  return await new Promise((resolve, reject) => {
    const outgoing = request(url, options)
    const tooLate = () => outgoing.destroy(Object.assign(new Error('connection timed out'), { code: 'ETIMEDOUT' }))
    const timer = setTimeout(tooLate, sent.connectMs)
    outgoing.on('socket', (socket) => socket.once('connect', () => clearTimeout(timer)))
    outgoing.on('close', () => clearTimeout(timer))
    outgoing.on('error', reject)
    outgoing.on('response', resolve)
    outgoing.end(sent.body)
  })
}

async function toResponse(message: IncomingMessage, target: OllamaTarget, signal: AbortSignal): Promise<Response> {
  const status = message.statusCode ?? 0
  if (status < 200 || status > 299) throw toStatusFailure(status, await readText(message), target)
  const type = message.headers['content-type'] ?? ''
  if (type.includes('ndjson')) return new Response(toStream(readReplyLines(message, target), target, signal))
  if (type.includes('json')) return new Response(await readReplyDocument(message, target))
  throw toForeignReply(target)
}

function toStream(lines: AsyncGenerator<string>, target: OllamaTarget, signal: AbortSignal): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const next = await lines.next()
          if (next.done === true) controller.close()
          else controller.enqueue(encoder.encode(next.value))
        } catch (thrown) {
          controller.error(toOllamaFailure(thrown, target, signal))
        }
      },
    },
    { highWaterMark: 0 },
  )
}
