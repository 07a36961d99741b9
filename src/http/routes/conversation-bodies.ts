import * as v from 'valibot'
import { AppError } from '../../core/errors/app-error.js'

const longestSent = 1000
const titleMessage = `title must be a text of 1 to ${longestSent} characters.`
const title = v.pipe(v.string(titleMessage), v.maxLength(longestSent, titleMessage), v.trim(), v.nonEmpty(titleMessage))
const limitMessage = 'limit must be a whole number from 1 to 200.'
const searchMessage = 'search must be one text of at most 500 characters.'

const bodyMessage = 'the body must be one JSON object with no member but title.'
const createSchema = v.strictObject({ title: v.optional(title) }, bodyMessage)
const renameSchema = v.strictObject({ title }, bodyMessage)
const listSchema = v.strictObject(
  {
    search: v.optional(v.pipe(v.string(searchMessage), v.maxLength(500, searchMessage))),
    limit: v.optional(
      v.pipe(
        v.string(limitMessage),
        v.regex(/^\d{1,3}$/, limitMessage),
        v.transform(Number),
        v.minValue(1, limitMessage),
        v.maxValue(200, limitMessage),
      ),
    ),
  },
  'the address takes search and limit, and nothing else.',
)

/** The body of POST /api/conversations. Like all of these it fails with REQUEST_INVALID. */
export function parseConversationBody(body: unknown): { readonly title?: string } {
  const { title: given } = parse(createSchema, body)
  return given === undefined ? {} : { title: given }
}

/** The body of PATCH /api/conversations/ID: the new title. */
export function parseTitleBody(body: unknown): string {
  return parse(renameSchema, body).title
}

/** The query of GET /api/conversations. */
export function parseListQuery(query: unknown): { readonly search?: string; readonly limit?: number } {
  const { search, limit } = parse(listSchema, query)
  return { ...(search === undefined ? {} : { search }), ...(limit === undefined ? {} : { limit }) }
}

function parse<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  // For the schema a list is an object without members.
  const result = v.safeParse(schema, Array.isArray(value) ? undefined : value)
  if (result.success) return result.output
  throw new AppError('REQUEST_INVALID', { problem: result.issues[0].message })
}
