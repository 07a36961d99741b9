import type { Request, Response } from 'express'
import { pathWord, type Route, type RouteParts } from './route.js'

/** The library: all books, one book with its sections, one section with its text. */
export function createBookRoutes({ pilotbook }: RouteParts): readonly Route[] {
  const get = (path: string, load: (request: Request) => Promise<object>): Route => ({
    method: 'get',
    path,
    handlers: [
      async (request: Request, response: Response): Promise<void> => {
        response.set('Cache-Control', 'no-store').json(await load(request))
      },
    ],
  })
  return [
    get('/api/books', async () => ({ books: await pilotbook.books() })),
    get('/api/books/:bookId', (request) => pilotbook.book(pathWord(request, 'bookId'))),
    get('/api/books/:bookId/sections/:sectionId', (request) =>
      pilotbook.section(pathWord(request, 'bookId'), pathWord(request, 'sectionId')),
    ),
  ]
}
