import type { Response } from 'express'
import type { AnswerEvent } from '../core/types/answer.js'
import type { Problem } from './problem.js'

/** Server-sent events of one answer. `data` is one JSON object each: for `done` the Answer, for `error` the problem. */
export interface EventStream {
  /** Waits while the client reads slower than we write. */
  send(event: AnswerEvent): Promise<void>
  sendError(problem: Problem): void
  end(): void
}

/** Begins the reply: from here on the status is 200. Sends a comment line whenever `heartbeatMs` pass, until it is ended or cut. */
export function openEventStream(response: Response, heartbeatMs: number): EventStream {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    // Some proxies gather replies unless told not to.
    'X-Accel-Buffering': 'no',
  })
  response.flushHeaders()
  const heartbeat = setInterval(() => response.write(': still working\n\n'), heartbeatMs)
  const stopHeartbeat = (): void => clearInterval(heartbeat)
  response.once('close', stopHeartbeat)
  const write = (name: string, data: object): boolean => response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
  return {
    send: async (event) => {
      if (response.destroyed || write(event.kind, toData(event))) return
      await drained(response)
    },
    sendError: (problem) => {
      write('error', problem)
    },
    end: () => {
      stopHeartbeat()
      response.end()
    },
  }
}

/** Settles when there is room again, or never will be because the connection is closed. */
function drained(response: Response): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.once('drain', done).once('close', done)
  })
}

function toData(event: AnswerEvent): object {
  switch (event.kind) {
    case 'sources':
      return {
        ...(event.standaloneQuestion === undefined ? {} : { standaloneQuestion: event.standaloneQuestion }),
        passages: event.passages,
        confidence: event.confidence,
      }
    case 'delta':
      return { text: event.text }
    case 'citation':
      return event.citation
    case 'notice':
      return event.notice
    case 'done':
      return event.answer
  }
}
