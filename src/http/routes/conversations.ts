import type { Request, Response } from 'express'
import { readJson } from '../middleware/read-json.js'
import { parseConversationBody, parseListQuery, parseTitleBody } from './conversation-bodies.js'
import { pathWord, type Route, type RouteParts } from './route.js'

type Handle = (request: Request, response: Response) => Promise<void>

/** The conversations: list, begin, read, rename, delete. Turns are added by POST /api/ask with the id. */
export function createConversationRoutes({ pilotbook, limits }: RouteParts): readonly Route[] {
  const { conversations } = pilotbook
  const all = '/api/conversations'
  const one = `${all}/:conversationId`
  const withBody = (handle: Handle) => [readJson(limits.maxBodyBytes), handle]
  const idOf = (request: Request) => pathWord(request, 'conversationId')
  const list: Handle = async (request, response) => {
    send(response, { conversations: await conversations.list(parseListQuery(request.query)) })
  }
  const create: Handle = async (request, response) => {
    const created = await conversations.create(parseConversationBody(request.body).title)
    response.status(201).location(`${all}/${encodeURIComponent(created.id)}`)
    send(response, created)
  }
  const read: Handle = async (request, response) => send(response, await conversations.get(idOf(request)))
  const rename: Handle = async (request, response) => {
    send(response, await conversations.rename(idOf(request), parseTitleBody(request.body)))
  }
  const remove: Handle = async (request, response) => {
    await conversations.delete(idOf(request))
    response.status(204).end()
  }
  return [
    { method: 'get', path: all, handlers: [list] },
    { method: 'post', path: all, handlers: withBody(create) },
    { method: 'get', path: one, handlers: [read] },
    { method: 'patch', path: one, handlers: withBody(rename) },
    { method: 'delete', path: one, handlers: [remove] },
  ]
}

function send(response: Response, body: object): void {
  response.set('Cache-Control', 'no-store').json(body)
}
