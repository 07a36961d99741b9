/** A JSON Schema, as far as this document uses them. */
export type JsonSchema = Readonly<Record<string, unknown>>

const text = { type: 'string' }
const whole = { type: 'integer', minimum: 0 }
const number = { type: 'number' }
const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })
const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items })

/** An object whose members are all required, but for those listed. */
const object = (properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
})

const bookRef = object({ id: text, title: text, year: whole }, ['year'])
const place = {
  file: { ...text, description: 'Relative to the corpus folder, with forward slashes.' },
  headingPath: listOf(text),
  startLine: { ...whole, description: 'Counted from 1.' },
  endLine: { ...whole, description: 'The last line, itself included.' },
  startOffset: { ...whole, description: 'In UTF-16 code units of the decoded text of the file.' },
  endOffset: whole,
  page: { ...whole, description: 'Page of the original, for formats that have pages.' },
}
const legScore = object({ score: number, rank: whole })
const scores = object({ dense: legScore, lexical: legScore, fused: number }, ['dense', 'lexical'])

const searchBody = {
  question: { ...text, minLength: 1, maxLength: 10_000 },
  k: { type: 'integer', minimum: 1, maximum: 500, description: 'How many passages to retrieve.' },
  books: { ...listOf(text), minItems: 1, description: 'Ids or names of the books to ask; all when left out.' },
}
const askBody = {
  ...searchBody,
  model: { ...text, description: 'Name of a chat model in Ollama; the configured one when left out.' },
  conversationId: { ...text, description: 'Accepted, and without effect until conversations exist.' },
}

const bookMembers = {
  id: text,
  title: text,
  authors: listOf(text),
  edition: text,
  year: whole,
  format: text,
  name: { ...text, description: 'The file of the book, or its folder with a slash.' },
  files: listOf(text),
  passages: whole,
}
const sectionMembers = {
  id: text,
  parentId: text,
  title: text,
  level: { ...whole, maximum: 6 },
  headingPath: listOf(text),
  file: text,
  startLine: whole,
  endLine: whole,
  page: whole,
}

export const openApiSchemas: Readonly<Record<string, JsonSchema>> = {
  AskRequest: { ...object(askBody, ['k', 'books', 'model', 'conversationId']), additionalProperties: false },
  SearchRequest: { ...object(searchBody, ['k', 'books']), additionalProperties: false },
  Answer: object({
    id: text,
    kind: { enum: ['answered', 'no-evidence'], description: 'A question that the books do not answer is a result, not an error.' },
    question: text,
    standaloneQuestion: text,
    markdown: text,
    sentences: listOf(ref('Sentence')),
    citations: listOf(ref('Citation')),
    notices: listOf(ref('Notice')),
    aiModel: text,
    embeddingModel: text,
    knowledgeBase: listOf(text),
    retrieval: object({ confidence: { type: 'number', minimum: 0, maximum: 1 }, passages: listOf(ref('InspectedPassage')) }),
    usage: object({ promptTokens: whole, answerTokens: whole }),
    timings: object({ retrieveMs: number, promptMs: number, generateMs: number, citeMs: number, totalMs: number }),
  }),
  Sentence: object({
    start: { ...whole, description: 'UTF-16 offset into `markdown`.' },
    end: whole,
    support: { enum: ['supported', 'weak', 'unsupported'] },
    citations: { ...listOf(whole), description: 'Numbers of citations.' },
  }),
  Citation: object(
    {
      n: whole,
      passageId: text,
      book: bookRef,
      ...place,
      quote: { ...text, description: 'Exactly the text from startOffset to endOffset.' },
      url: { ...text, description: 'Path of this place on the page of the service.' },
    },
    ['page'],
  ),
  InspectedPassage: object({ id: text, rank: whole, book: bookRef, ...place, scores, kept: { type: 'boolean' }, reason: text }, ['page']),
  Notice: object({ code: text, text }),
  SearchResult: object({
    question: text,
    confidence: number,
    answerable: { type: 'boolean' },
    passages: listOf(ref('SearchHit')),
    notices: listOf(ref('Notice')),
  }),
  SearchHit: object(
    { rank: whole, id: text, score: number, scores, book: object({ id: text, title: text }), ...place, text: { ...text } },
    ['page'],
  ),
  BookList: object({ books: listOf(ref('BookSummary')) }),
  BookSummary: object({ ...bookMembers, sections: { ...whole, description: 'How many.' } }, ['edition', 'year']),
  Book: object({ ...bookMembers, sections: listOf(ref('SectionSummary')) }, ['edition', 'year']),
  SectionSummary: object(sectionMembers, ['parentId', 'page']),
  Section: object(
    {
      ...sectionMembers,
      book: object({ id: text, title: text }),
      startOffset: whole,
      endOffset: whole,
      text,
      previousId: text,
      nextId: text,
    },
    ['parentId', 'page', 'previousId', 'nextId'],
  ),
  Liveness: object({ live: { const: true } }),
  Readiness: object({ ready: { type: 'boolean' }, parts: listOf(ref('PartStatus')) }),
  PartStatus: object({ part: text, state: { enum: ['ok', 'degraded', 'failed'] }, text, remedy: text }, ['remedy']),
  Problem: object({
    type: text,
    title: text,
    status: whole,
    code: { ...text, description: 'One of the closed list of codes in the README.' },
    detail: text,
    message: { ...text, description: 'The same as `detail`.' },
    remedy: { ...text, description: 'What to do now.' },
    requestId: text,
  }),
}
