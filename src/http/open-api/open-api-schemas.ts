import { retrievalParts } from '../../core/types/question.js'

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

const allBut = (properties: Readonly<Record<string, JsonSchema>>, required: string): readonly string[] =>
  Object.keys(properties).filter((name) => name !== required)

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
const lexicalParts = object({
  words: { ...number, description: 'BM25 of the words of the question.' },
  asks: { ...number, description: "The same in the section's own hints of what it is asked for, weighted." },
  titleFactor: { ...number, minimum: 1, description: "How nearly the section's title is the question." },
  neighbours: { ...number, description: 'For words that stand side by side as in the question.' },
  concepts: { ...number, description: 'For concepts that the question asks for in other words.' },
})
const lexicalScore = {
  ...object({ score: number, rank: whole, parts: lexicalParts }),
  description: '`score` is (words + asks) × titleFactor + neighbours + concepts.',
}
const scores = object({ dense: legScore, lexical: lexicalScore, fused: number }, ['dense', 'lexical'])
const lines = { startLine: place.startLine, endLine: place.endLine }
const yesOrNo = { type: 'boolean' }

const questionBody = {
  question: { ...text, minLength: 1, maxLength: 100_000 },
  k: { type: 'integer', minimum: 1, maximum: 500, description: 'How many passages to retrieve.' },
  books: { ...listOf(text), minItems: 1, description: 'Ids or names of the books to ask; all when left out.' },
  eachBook: { ...yesOrNo, description: 'The best passage of each book that answers, side by side.' },
  without: { ...listOf({ enum: retrievalParts }), description: 'Parts of retrieval to leave out.' },
}
const searchBody = { ...questionBody, explain: { ...yesOrNo, description: 'Whether the result tells how it came about.' } }
const askBody = {
  ...questionBody,
  model: { ...text, description: 'Name of a chat model in Ollama; the configured one when left out.' },
  fresh: { ...yesOrNo, description: 'Write the answer anew even when the service has given it before.' },
  conversationId: { ...text, description: 'The question is asked with the turns before it, and becomes the next turn.' },
}

const time = { ...text, format: 'date-time' }
const title = { ...text, minLength: 1, maxLength: 1000, description: 'Cut to 120 characters.' }
const conversationMembers = {
  id: text,
  title: { ...text, description: 'The first question unless it was named; empty while there is neither.' },
  createdAt: time,
  updatedAt: time,
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
  AskRequest: { ...object(askBody, allBut(askBody, 'question')), additionalProperties: false },
  SearchRequest: { ...object(searchBody, allBut(searchBody, 'question')), additionalProperties: false },
  Answer: object(
    {
      id: text,
      kind: { enum: ['answered', 'no-evidence'], description: 'A question that the books do not answer is a result, not an error.' },
      question: text,
      standaloneQuestion: { ...text, description: 'As it was asked of the books: a follow-up with what it left to the turns before it.' },
      markdown: text,
      sentences: listOf(ref('Sentence')),
      citations: listOf(ref('Citation')),
      notices: listOf(ref('Notice')),
      cached: { const: true, description: 'Given before to the same question of the same books, and not written anew.' },
      aiModel: text,
      embeddingModel: text,
      knowledgeBase: listOf(text),
      retrieval: object({ confidence: { type: 'number', minimum: 0, maximum: 1 }, passages: listOf(ref('InspectedPassage')) }),
      usage: object({ promptTokens: whole, answerTokens: whole }),
      timings: object({ rewriteMs: number, retrieveMs: number, promptMs: number, generateMs: number, citeMs: number, totalMs: number }, [
        'rewriteMs',
      ]),
    },
    ['cached'],
  ),
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
  SearchResult: object(
    {
      question: text,
      confidence: number,
      answerable: yesOrNo,
      passages: listOf(ref('SearchHit')),
      notices: listOf(ref('Notice')),
      explanation: ref('Explanation'),
    },
    ['explanation'],
  ),
  SearchHit: object(
    {
      rank: whole,
      id: text,
      score: number,
      scores,
      book: object({ id: text, title: text }),
      ...place,
      text,
      alsoAt: {
        ...listOf(object({ file: text, headingPath: listOf(text), startLine: whole, endLine: whole })),
        description: 'Places of nearly the same text, folded into this one.',
      },
    },
    ['page', 'alsoAt'],
  ),
  Explanation: object(
    {
      terms: listOf(object({ term: text, repairedFrom: text, passages: whole, rarity: number }, ['repairedFrom'])),
      concepts: listOf(object({ terms: listOf(text), match: number, weight: number })),
      fusion: {
        ...object({ bestLexical: number, dense: object({ weight: number, background: number, best: number }) }, ['dense']),
        description:
          'fused = lexical / bestLexical + weight × max(0, dense - background) / (best - background), without dense its first part.',
      },
      confidence: {
        ...listOf(object({ name: text, value: number, adds: number })),
        description: 'What the signals add is summed up; the confidence is its logistic value, 1 / (1 + e^-sum).',
      },
      answerableFrom: number,
      candidates: {
        ...listOf(object({ id: text, file: text, headingPath: listOf(text), ...lines, scores, kept: yesOrNo, reason: text })),
        description: 'The passages looked at, in their fused order.',
      },
      budget: ref('PromptBudget'),
    },
    ['budget'],
  ),
  PromptBudget: object({
    aimTokens: whole,
    limitTokens: whole,
    charactersPerToken: number,
    aroundCharacters: { ...whole, description: 'Of the rules and the question.' },
    passages: listOf(
      object({
        rank: whole,
        id: text,
        characters: whole,
        tokens: whole,
        promptTokens: { ...whole, description: 'Of the prompt with this passage and all before it.' },
        inPrompt: yesOrNo,
        reason: text,
      }),
    ),
  }),
  ConversationList: object({ conversations: listOf(ref('ConversationSummary')) }),
  ConversationSummary: object({ ...conversationMembers, turnCount: whole }),
  Conversation: object({ ...conversationMembers, turns: listOf(ref('Turn')) }),
  Turn: object({
    position: { ...whole, description: 'Counted from 1.' },
    askedAt: time,
    question: text,
    standaloneQuestion: text,
    answer: ref('Answer'),
  }),
  NewConversation: { ...object({ title }, ['title']), additionalProperties: false },
  ConversationTitle: { ...object({ title }), additionalProperties: false },
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
