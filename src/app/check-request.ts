import { isAsked } from '../answer/retrieve-passages/retrieve-passages.js'
import { AppError } from '../core/errors/app-error.js'
import { type Question, type RetrievalPart, retrievalParts } from '../core/types/question.js'
import type { StoredBook } from '../library/index-format.js'
import type { AskRequest } from './pilotbook.js'

export const longestQuestion = 100_000
export const defaultPassages = 6
export const mostPassages = 500

/**
 * The question as the pipeline takes it: control characters dropped, books found by id, name or title whatever their case. Fails with
 * QUESTION_EMPTY, QUESTION_TOO_LONG, REQUEST_INVALID (also when no book asked is of the years asked) or BOOK_UNKNOWN, which lists the
 * books there are.
 */
export function toQuestion(request: AskRequest, books: readonly StoredBook[]): Question {
  const text = request.question
    .normalize('NFC')
    .replace(/[^\P{Cc}\n\t]|[\u2028\u2029]/gu, ' ')
    .trim()
  if (!/[\p{L}\p{N}\p{S}-]/u.test(text)) throw new AppError('QUESTION_EMPTY')
  if (text.length > longestQuestion) throw new AppError('QUESTION_TOO_LONG', { length: text.length, limit: longestQuestion })
  const k = request.k ?? defaultPassages
  if (!Number.isInteger(k) || k < 1 || k > mostPassages) {
    throw new AppError('REQUEST_INVALID', { problem: `k is ${k}; it must be a whole number from 1 to ${mostPassages}.` })
  }
  const question = {
    text,
    k,
    ...(request.books === undefined || request.books.length === 0 ? {} : { books: request.books.map((name) => findBook(name, books).id) }),
    ...(request.years === undefined ? {} : { years: request.years }),
    ...(request.eachBook === true ? { eachBook: true } : {}),
    ...(request.without === undefined || request.without.length === 0 ? {} : { without: toParts(request.without) }),
    ...(request.explain === true ? { explain: true } : {}),
    ...(request.fresh === true ? { fresh: true } : {}),
    ...(request.model === undefined ? {} : { model: request.model }),
  }
  refuseExclusion(question, books)
  return question
}

/** A year that no book asked is of can only be a slip; asked without books, it is a fair question that finds nothing. */
function refuseExclusion(question: Question, books: readonly StoredBook[]): void {
  const { books: ids, years } = question
  if (ids === undefined || years === undefined || books.some((book) => isAsked(book, question))) return
  const span = years.from === years.to ? `${years.from}` : `${years.from}–${years.to}`
  const named = books.filter(({ id }) => ids.includes(id)).map(({ title, year }) => `"${title}" (${year ?? 'year not known'})`)
  throw new AppError('REQUEST_INVALID', { problem: `no book asked is of ${span}: ${named.join(', ')}.` })
}

function toParts(names: readonly string[]): ReadonlySet<RetrievalPart> {
  return new Set(names.map(toPart))
}

function toPart(name: string): RetrievalPart {
  const part = retrievalParts.find((known) => known === name)
  if (part !== undefined) return part
  throw new AppError('REQUEST_INVALID', { problem: `"${name}" is no part of retrieval; there are ${retrievalParts.join(', ')}.` })
}

function findBook(wanted: string, books: readonly StoredBook[]): StoredBook {
  const name = wanted.trim().toLowerCase().replace(/\/$/, '')
  const found = books.find(({ id, name: file, title }) =>
    [id, file, file.replace(/\/$/, ''), file.replace(/\.[^.]+$/, ''), title].some((known) => known.toLowerCase() === name),
  )
  if (found === undefined) throw new AppError('BOOK_UNKNOWN', { book: wanted, known: books.map(({ id }) => id).join(', ') })
  return found
}
