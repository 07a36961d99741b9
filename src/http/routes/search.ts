import type { Request, Response } from 'express'
import { readJson } from '../middleware/read-json.js'
import { contextOf } from '../request-context.js'
import { untilAborted } from '../until-aborted.js'
import { parseSearchBody } from './request-bodies.js'
import type { Route, RouteParts } from './route.js'

/** POST /api/search: the best passages with all their scores, without an answer. */
export function createSearchRoute({ pilotbook, limits }: RouteParts): Route {
  const handle = async (request: Request, response: Response): Promise<void> => {
    const { signal, note } = contextOf(response)
    const asked = parseSearchBody(request.body, limits.maxQuestionLength)
    note({ questionLength: asked.question.length })
    const result = await untilAborted(pilotbook.search(asked, { signal }), signal)
    note({ passages: result.passages.length })
    response.set('Cache-Control', 'no-store').json(result)
  }
  return { method: 'post', path: '/api/search', handlers: [readJson(limits.maxBodyBytes), handle] }
}
