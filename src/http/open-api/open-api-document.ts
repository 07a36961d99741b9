import { type JsonSchema, openApiSchemas } from './open-api-schemas.js'

type Responses = Readonly<Record<string, JsonSchema>>

const json = (name: string, type = 'application/json'): JsonSchema => ({ [type]: { schema: { $ref: `#/components/schemas/${name}` } } })
const ok = (description: string, name: string): Responses => ({ 200: { description, content: json(name) } })
const problem = (description: string): JsonSchema => ({ description, content: json('Problem', 'application/problem+json') })
const parameter = (name: string, description: string): JsonSchema => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
})

const everywhere: Responses = {
  403: problem('The Host or Origin header is not that of this service.'),
  500: problem('A fault of the service; the request id finds it in the log.'),
}
const withIndex: Responses = {
  ...everywhere,
  503: problem('Nothing is ingested, the index does not fit, or the service is busy or stopping.'),
}
const withBody: Responses = {
  ...withIndex,
  400: problem('The body is not JSON, has an unknown member or a wrong value, or holds no question.'),
  413: problem('The body or the question is too long.'),
  415: problem('The body is not application/json.'),
}
const withTitle: Responses = {
  ...everywhere,
  400: problem('The body is not JSON, has an unknown member or a wrong value.'),
  413: problem('The body is too long.'),
  415: problem('The body is not application/json.'),
}
const query = (name: string, description: string, schema: JsonSchema): JsonSchema => ({ name, in: 'query', description, schema })
const conversationId = parameter('conversationId', 'Id of a conversation, as GET /api/conversations lists it.')
const noConversation = problem('There is no such conversation.')
const bookId = parameter('bookId', 'Id of a book, as GET /api/books lists it.')

const eventStream = {
  schema: { type: 'string' },
  description:
    'Server-sent events, `data` being one JSON object each. In order: `sources` ({standaloneQuestion, passages, confidence}; the first only where it is not the question), then any number of ' +
    '`delta` ({text}), `citation` (Citation) and `notice` (Notice), at last one `done` (Answer) or one `error` (Problem). ' +
    'Comment lines keep the connection open. Everything is checked before the first byte.',
}

/** Hand-written, like the routes; a test holds both together. */
export const openApiDocument = {
  openapi: '3.1.0',
  info: {
    title: 'Pilotbook',
    version: '1',
    description: 'Answers questions about Docker out of the books that you own, and shows the lines that each sentence stands on.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  paths: {
    '/api/ask': {
      post: {
        operationId: 'ask',
        summary: 'Answers a question, whole or as a stream of events',
        requestBody: { required: true, content: json('AskRequest') },
        responses: {
          200: {
            description: 'The answer; also when the books do not hold one.',
            content: { ...json('Answer'), 'text/event-stream': eventStream },
          },
          ...withBody,
          404: problem('One of the books, or the conversation, does not exist.'),
          409: problem('The conversation is full.'),
          502: problem('Ollama failed or was cut off.'),
          504: problem('The answer took too long.'),
        },
      },
    },
    '/api/search': {
      post: {
        operationId: 'search',
        summary: 'Finds the best passages, without an answer',
        requestBody: { required: true, content: json('SearchRequest') },
        responses: {
          ...ok('The best passages, also when they do not answer the question.', 'SearchResult'),
          ...withBody,
          404: problem('One of the books does not exist.'),
        },
      },
    },
    '/api/conversations': {
      get: {
        operationId: 'listConversations',
        summary: 'Lists the conversations, the last used first',
        parameters: [
          query('search', 'Only conversations that hold all these words.', { type: 'string', maxLength: 500 }),
          query('limit', 'At most so many; 50 unless told.', { type: 'integer', minimum: 1, maximum: 200 }),
        ],
        responses: { ...ok('The conversations.', 'ConversationList'), ...everywhere, 400: problem('The query holds something else.') },
      },
      post: {
        operationId: 'createConversation',
        summary: 'Begins a conversation',
        requestBody: { required: true, content: json('NewConversation') },
        responses: {
          201: { description: 'The conversation, still empty.', content: json('ConversationSummary') },
          ...withTitle,
          409: problem('There are too many conversations.'),
        },
      },
    },
    '/api/conversations/{conversationId}': {
      get: {
        operationId: 'getConversation',
        summary: 'One conversation with its answers',
        parameters: [conversationId],
        responses: { ...ok('The conversation.', 'Conversation'), ...everywhere, 404: noConversation },
      },
      patch: {
        operationId: 'renameConversation',
        summary: 'Gives a conversation another title',
        parameters: [conversationId],
        requestBody: { required: true, content: json('ConversationTitle') },
        responses: { ...ok('The conversation.', 'ConversationSummary'), ...withTitle, 404: noConversation },
      },
      delete: {
        operationId: 'deleteConversation',
        summary: 'Deletes a conversation and its answers',
        parameters: [conversationId],
        responses: { 204: { description: 'It is gone.' }, ...everywhere, 404: noConversation },
      },
    },
    '/api/books': {
      get: { operationId: 'listBooks', summary: 'Lists the books', responses: { ...ok('All books.', 'BookList'), ...withIndex } },
    },
    '/api/books/{bookId}': {
      get: {
        operationId: 'getBook',
        summary: 'One book with its sections',
        parameters: [bookId],
        responses: { ...ok('The book.', 'Book'), ...withIndex, 404: problem('There is no such book.') },
      },
    },
    '/api/books/{bookId}/sections/{sectionId}': {
      get: {
        operationId: 'getSection',
        summary: 'One section with its text',
        parameters: [bookId, parameter('sectionId', 'Id of a section of that book.')],
        responses: { ...ok('The section.', 'Section'), ...withIndex, 404: problem('There is no such book or section.') },
      },
    },
    '/healthz': {
      get: { operationId: 'isLive', summary: 'Whether the process lives', responses: { ...ok('It does.', 'Liveness'), ...everywhere } },
    },
    '/readyz': {
      get: {
        operationId: 'isReady',
        summary: 'Whether it can answer, and with which parts',
        responses: {
          ...ok('It can, perhaps in a lesser way: see the parts.', 'Readiness'),
          ...everywhere,
          503: { description: 'A part that it needs has failed.', content: json('Readiness') },
        },
      },
    },
    '/openapi.json': {
      get: {
        operationId: 'describe',
        summary: 'This document',
        responses: {
          200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
          ...everywhere,
        },
      },
    },
  },
  components: { schemas: openApiSchemas },
} as const
