import type { IncomingMessage } from 'node:http'
import { AppError } from '../../core/errors/app-error.js'
import { toReportedFailure } from './ollama-failure.js'
import type { OllamaTarget } from './ollama-target.js'
import { toDisplayUrl } from './parse-ollama-host.js'

/**
 * The lines of a streamed reply, each checked to be a JSON object. The client would only warn about a broken line and lose
 * it, and would report an `error` line and a missing last line by their texts alone; here each gets its code. Throws
 * OLLAMA_FAILED (or what the `error` line says), and OLLAMA_CUT when the stream ends without its last object.
 */
export async function* readReplyLines(message: IncomingMessage, target: OllamaTarget): AsyncGenerator<string> {
  let rest = ''
  let isFinished = false
  message.setEncoding('utf8')
  for await (const chunk of message) {
    const lines = `${rest}${String(chunk)}`.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.trim() === '') continue
      isFinished = isLast(parseReply(line, target)) || isFinished
      yield `${line}\n`
    }
  }
  if (isFinished) return
  // What remains without a line end is the last object, or the beginning of one that was cut off.
  if (!isJson(rest) || !isLast(parseReply(rest, target))) throw toCut(target)
  yield `${rest}\n`
}

/** A reply of one JSON object, checked likewise. Throws OLLAMA_FAILED when it is none. */
export async function readReplyDocument(message: IncomingMessage, target: OllamaTarget): Promise<string> {
  const text = await readText(message)
  parseReply(text, target)
  return text
}

export async function readText(message: IncomingMessage): Promise<string> {
  let text = ''
  message.setEncoding('utf8')
  for await (const chunk of message) text += String(chunk)
  return text
}

/** For a reply of a type that Ollama never sends: most likely another program listens at this address. */
export function toForeignReply(target: OllamaTarget): AppError {
  return new AppError('OLLAMA_FAILED', {
    url: toDisplayUrl(target.baseUrl),
    problem: 'its reply is not JSON; is it Ollama that listens there?',
  })
}

function toCut(target: OllamaTarget): AppError {
  return new AppError('OLLAMA_CUT', { url: toDisplayUrl(target.baseUrl), problem: 'the stream stopped without its last part.' })
}

function parseReply(text: string, target: OllamaTarget): object {
  if (!isJson(text)) throw toForeignReply(target)
  const reply: unknown = JSON.parse(text)
  if (typeof reply !== 'object' || reply === null) throw toForeignReply(target)
  if ('error' in reply) {
    throw toReportedFailure(typeof reply.error === 'string' ? reply.error : JSON.stringify(reply.error), target)
  }
  return reply
}

function isLast(reply: object): boolean {
  return ('done' in reply && reply.done === true) || ('status' in reply && reply.status === 'success')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
