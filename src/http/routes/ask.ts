import type { Request, Response } from 'express'
import type { AskRequest } from '../../app/pilotbook.js'
import { toAppError } from '../../core/errors/app-error.js'
import type { Answer, AnswerEvent } from '../../core/types/answer.js'
import { openEventStream } from '../event-stream.js'
import { logFailure } from '../middleware/log-failure.js'
import { readJson } from '../middleware/read-json.js'
import { toProblem } from '../problem.js'
import { contextOf } from '../request-context.js'
import { untilAborted } from '../until-aborted.js'
import { parseAskBody } from './request-bodies.js'
import type { Route, RouteParts } from './route.js'

/** POST /api/ask: the whole Answer as JSON, or its events as they come when the client accepts text/event-stream. */
export function createAskRoute(parts: RouteParts): Route {
  const handle = async (request: Request, response: Response): Promise<void> => {
    const asked = parseAskBody(request.body, parts.limits.maxQuestionLength)
    contextOf(response).note({ questionLength: asked.question.length })
    response.vary('Accept')
    if (request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream') await streamAnswer(response, asked, parts)
    else await sendAnswer(response, asked, parts)
  }
  return { method: 'post', path: '/api/ask', handlers: [readJson(parts.limits.maxBodyBytes), handle] }
}

async function sendAnswer(response: Response, asked: AskRequest, { pilotbook }: RouteParts): Promise<void> {
  const { signal, note } = contextOf(response)
  const answer = await untilAborted(pilotbook.answer(asked, { signal }), signal)
  note(toLogFields(answer))
  response.set('Cache-Control', 'no-store').json(answer)
}

async function streamAnswer(response: Response, asked: AskRequest, parts: RouteParts): Promise<void> {
  const { signal } = contextOf(response)
  const events = parts.pilotbook.ask(asked, { signal })[Symbol.asyncIterator]()
  try {
    // Whatever is refused is refused here, as an ordinary problem with its own status, before the first byte.
    const first = await untilAborted(events.next(), signal)
    await sendEvents(response, { first, events, parts })
  } finally {
    // Left in the middle, the answer must run its own clean-up; a part that hangs must not keep this request from ending.
    void Promise.resolve(events.return?.()).catch((thrown: unknown) => {
      logFailure(parts.logger, { error: toAppError(thrown), requestId: contextOf(response).id, step: 'ask' })
    })
  }
}

interface Streaming {
  readonly first: IteratorResult<AnswerEvent>
  readonly events: AsyncIterator<AnswerEvent>
  readonly parts: RouteParts
}

async function sendEvents(response: Response, { first, events, parts }: Streaming): Promise<void> {
  const { signal, note, id } = contextOf(response)
  const stream = openEventStream(response, parts.limits.heartbeatMs)
  try {
    let last: string | undefined
    for (let step = first; !step.done; step = await untilAborted(events.next(), signal)) {
      last = step.value.kind
      if (step.value.kind === 'done') note(toLogFields(step.value.answer))
      await stream.send(step.value)
    }
    if (last !== 'done') throw new Error('the answer ended without its last event')
  } catch (thrown) {
    const error = toAppError(signal.aborted ? signal.reason : thrown)
    note({ code: error.code })
    if (error.httpStatus >= 500) logFailure(parts.logger, { error, requestId: id, step: 'ask' })
    if (!response.destroyed) stream.sendError(toProblem(error, id))
  } finally {
    stream.end()
  }
}

function toLogFields(answer: Answer): Record<string, string | number> {
  return {
    answer: answer.kind,
    passages: answer.retrieval.passages.length,
    citations: answer.citations.length,
    promptTokens: answer.usage.promptTokens,
    answerTokens: answer.usage.answerTokens,
    ...answer.timings,
  }
}
