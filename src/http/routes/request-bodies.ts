import * as v from 'valibot'
import type { AskRequest } from '../../app/pilotbook.js'
import { AppError } from '../../core/errors/app-error.js'
import { retrievalParts } from '../../core/types/question.js'

// Newline and tab are part of pasted text; every other control character has no meaning in a question.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const controlCharacters = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
const loneSurrogates = /\p{Surrogate}/gu

const word = (name: string, maxLength: number) =>
  v.pipe(
    v.string(`${name} must be a text.`),
    v.nonEmpty(`${name} must not be empty.`),
    v.maxLength(maxLength, `${name} must not be longer than ${maxLength} characters.`),
  )

const kMessage = 'k must be a whole number from 1 to 500.'
const booksMessage = 'books must be a list of ids or names of books, or be left out.'
const withoutMessage = `without must be a list of parts of retrieval: ${retrievalParts.join(', ')}.`

const questionEntries = {
  question: v.string('question must be a text.'),
  k: v.optional(v.pipe(v.number(kMessage), v.integer(kMessage), v.minValue(1, kMessage), v.maxValue(500, kMessage))),
  books: v.optional(v.pipe(v.array(word('a book', 300), booksMessage), v.minLength(1, booksMessage), v.maxLength(1000, booksMessage))),
  eachBook: v.optional(v.boolean('eachBook must be true or false.')),
  without: v.optional(v.array(v.picklist(retrievalParts, withoutMessage), withoutMessage)),
}
const searchSchema = v.object({ ...questionEntries, explain: v.optional(v.boolean('explain must be true or false.')) })
const askSchema = v.object({
  ...questionEntries,
  model: v.optional(word('model', 200)),
  fresh: v.optional(v.boolean('fresh must be true or false.')),
  conversationId: v.optional(word('conversationId', 100)),
})

/** The body of POST /api/ask. Rejects unknown keys by name. */
export function parseAskBody(body: unknown, maxQuestionLength: number): AskRequest {
  const { model, fresh, conversationId, ...asked } = parse(askSchema, body)
  return {
    ...toRequest(asked, maxQuestionLength),
    ...(model === undefined ? {} : { model }),
    ...(fresh === undefined ? {} : { fresh }),
    ...(conversationId === undefined ? {} : { conversationId }),
  }
}

/** The body of POST /api/search, by the same rules. */
export function parseSearchBody(body: unknown, maxQuestionLength: number): AskRequest {
  return toRequest(parse(searchSchema, body), maxQuestionLength)
}

function parse<Schema extends typeof askSchema | typeof searchSchema>(schema: Schema, body: unknown): v.InferOutput<Schema> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AppError('REQUEST_INVALID', { problem: 'the body must be one JSON object.' })
  }
  const known = Object.keys(schema.entries)
  const unknown = Object.keys(body).find((key) => !known.includes(key))
  if (unknown !== undefined) {
    throw new AppError('REQUEST_INVALID', { problem: `"${unknown.slice(0, 60)}" is not one of ${known.join(', ')}.` })
  }
  const result = v.safeParse(schema, body)
  if (result.success) return result.output
  const [issue] = result.issues
  const missing = issue.input === undefined ? `${v.getDotPath(issue)} is missing.` : issue.message
  throw new AppError('REQUEST_INVALID', { problem: missing })
}

function toRequest(body: v.InferOutput<typeof searchSchema>, maxQuestionLength: number): AskRequest {
  const question = body.question.replace(controlCharacters, ' ').replace(loneSurrogates, '\ufffd').trim()
  if (question === '') throw new AppError('QUESTION_EMPTY')
  if (question.length > maxQuestionLength) {
    throw new AppError('QUESTION_TOO_LONG', { length: question.length, limit: maxQuestionLength })
  }
  const { k, books, eachBook, without, explain } = body
  return {
    question,
    ...(k === undefined ? {} : { k }),
    ...(books === undefined ? {} : { books }),
    ...(eachBook === undefined ? {} : { eachBook }),
    ...(without === undefined ? {} : { without }),
    ...(explain === undefined ? {} : { explain }),
  }
}
