import type {
  AskRequest,
  BookDetail,
  BookSummary,
  CallOptions,
  PartStatus,
  Pilotbook,
  SearchResult,
  SectionDetail,
} from '../../src/app/pilotbook.js'
import { AppError } from '../../src/core/errors/app-error.js'
import type { ConversationStore } from '../../src/core/ports/conversation-store.js'
import type { Answer, AnswerEvent, Citation, InspectedPassage } from '../../src/core/types/answer.js'
import type { ExplainedPassage, RetrievalExplanation } from '../../src/core/types/retrieval.js'
import { createMemoryConversations } from './memory-conversations.js'

/** What the fake was asked, in order. */
export interface FakeCall {
  readonly name: keyof Pilotbook
  readonly request?: AskRequest
}

export interface FakePilotbook extends Pilotbook {
  /** Whole, so that a test can add turns. */
  readonly conversations: ConversationStore
  readonly calls: readonly FakeCall[]
  /** Reasons of the signals that fired while a call waited in `hang`. */
  readonly aborts: readonly unknown[]
  /** Resolves once a call waits in `hang`. */
  readonly hanging: Promise<void>
}

/** One thing that the fake's `ask` does: yield an event, fail, or wait until its signal fires. */
export type FakeStep = AnswerEvent | { readonly kind: 'fail'; readonly error: unknown } | { readonly kind: 'hang' }

export interface FakeScript {
  readonly steps?: readonly FakeStep[]
  readonly status?: readonly PartStatus[]
  /** What `search`, `books`, `book`, `section`, `status`, `warmUp` throw instead of replying. */
  readonly failures?: Partial<Record<keyof Pilotbook, unknown>>
}

export const fakeSectionText = [
  '## Client and daemon',
  '',
  'The Docker client sends commands. The daemon builds images and runs containers, and it may stand on another machine.',
  '',
  '```bash',
  'docker -H tcp://build-host:2375 ps',
  '```',
  '',
].join('\n')
const sectionStart = 1200
const quote = 'The daemon builds images and runs containers'
const quoteStart = sectionStart + fakeSectionText.indexOf(quote)

export const fakeCitation: Citation = {
  n: 1,
  passageId: 'p-client',
  book: { id: 'handbook', title: 'Handbook', year: 2026 },
  file: 'handbook/client.md',
  headingPath: ['Client, daemon and host', 'Client and daemon'],
  startLine: 14,
  endLine: 14,
  startOffset: quoteStart,
  endOffset: quoteStart + quote.length,
  quote,
  url: `/books/handbook/sections/client-and-daemon#${quoteStart}-${quoteStart + quote.length}`,
}

const passage: InspectedPassage = {
  id: 'p-client',
  rank: 1,
  book: { id: 'handbook', title: 'Handbook', year: 2026 },
  file: 'handbook/client.md',
  headingPath: ['Client, daemon and host', 'Client and daemon'],
  startLine: 12,
  endLine: 19,
  startOffset: sectionStart,
  endOffset: sectionStart + fakeSectionText.length,
  scores: {
    lexical: { score: 7.5, rank: 1, parts: { words: 4, asks: 1, titleFactor: 1.2, neighbours: 0.5, concepts: 1 } },
    fused: 0.9,
  },
  kept: true,
  reason: 'ranked 1',
}

const markdown = 'The **client** sends commands, the daemon runs containers [1]. It is quick.'

export const fakeAnswer: Answer = {
  id: 'a-1',
  kind: 'answered',
  question: 'How is a client different from a daemon?',
  standaloneQuestion: 'How is a client different from a daemon?',
  markdown,
  sentences: [
    { start: 0, end: markdown.indexOf(' It is'), support: 'supported', citations: [1] },
    { start: markdown.indexOf('It is'), end: markdown.length, support: 'unsupported', citations: [] },
  ],
  citations: [fakeCitation],
  notices: [{ code: 'EXTRACTIVE', text: 'No language model wrote this; it is quoted from the books.' }],
  aiModel: 'none (quoted from the books)',
  embeddingModel: 'none (word search)',
  knowledgeBase: ['handbook/'],
  retrieval: { confidence: 0.8, passages: [passage] },
  usage: { promptTokens: 0, answerTokens: 14 },
  timings: { retrieveMs: 3, promptMs: 0, generateMs: 2, citeMs: 1, totalMs: 6 },
}

export const fakeSources: AnswerEvent = { kind: 'sources', passages: [passage], confidence: 0.8 }
export const fakeSteps: readonly FakeStep[] = [
  fakeSources,
  { kind: 'delta', text: 'The **client** sends commands, ' },
  { kind: 'delta', text: 'the daemon runs containers [1]. It is quick.' },
  { kind: 'citation', citation: fakeCitation },
  { kind: 'notice', notice: { code: 'EXTRACTIVE', text: 'No language model wrote this; it is quoted from the books.' } },
  { kind: 'done', answer: fakeAnswer },
]

const book: BookSummary = {
  id: 'handbook',
  title: 'Handbook',
  authors: ['Pilotbook'],
  year: 2026,
  format: 'markdown',
  name: 'handbook/',
  files: ['handbook/client.md'],
  sections: 1,
  passages: 1,
}
const sectionSummary = {
  id: 'client-and-daemon',
  title: 'Client and daemon',
  level: 2,
  headingPath: ['Client, daemon and host', 'Client and daemon'],
  file: 'handbook/client.md',
  startLine: 12,
  endLine: 19,
}
const bookDetail: BookDetail = { ...book, sections: [sectionSummary] }
const section: SectionDetail = {
  ...sectionSummary,
  book: { id: 'handbook', title: 'Handbook' },
  startOffset: sectionStart,
  endOffset: sectionStart + fakeSectionText.length,
  text: fakeSectionText,
}
const { kept: _kept, reason: _reason, ...hit } = passage
const searchResult: SearchResult = {
  question: 'How is a client different from a daemon?',
  confidence: 0.8,
  answerable: true,
  notices: [],
  passages: [
    {
      ...hit,
      book: { id: 'handbook', title: 'Handbook' },
      score: 0.9,
      text: fakeSectionText,
      alsoAt: [{ file: 'old.md', headingPath: ['Old'], startLine: 3, endLine: 9 }],
    },
  ],
}
const explanation: RetrievalExplanation = {
  terms: [{ term: 'client', repairedFrom: 'cleint', passages: 1, rarity: 0.3 }],
  concepts: [{ terms: ['docker daemon'], match: 0.8, weight: 0.5 }],
  fusion: { bestLexical: 12.5 },
  confidence: [{ name: 'start', value: 1, adds: 1.4 }],
  answerableFrom: 0.5,
  candidates: [toCandidate(passage)],
  budget: {
    aimTokens: 1500,
    limitTokens: 3000,
    charactersPerToken: 3,
    aroundCharacters: 900,
    passages: [{ rank: 1, id: 'p-client', characters: 300, tokens: 100, promptTokens: 400, inPrompt: true, reason: 'in the prompt' }],
  },
}
const degraded: readonly PartStatus[] = [
  { part: 'index', state: 'ok', text: 'Generation 1: 1 book, 1 passage.' },
  { part: 'embedder', state: 'degraded', text: 'Word search only.', remedy: 'Run `pilotbook models pull`.' },
  {
    part: 'generator',
    state: 'degraded',
    text: 'Answers are quoted from the books.',
    remedy: 'Start Ollama and run `ollama pull gemma3`.',
  },
]

function toCandidate({ id, file, headingPath, startLine, endLine, scores, kept, reason }: InspectedPassage): ExplainedPassage {
  return { id, file, headingPath, startLine, endLine, scores, kept, reason }
}

/** A library of one book and one section whose answers follow a script. Unknown ids reject as the real one does. */
export function createFakePilotbook(script: FakeScript = {}): FakePilotbook {
  const calls: FakeCall[] = []
  const aborts: unknown[] = []
  let reportHanging: () => void = () => {}
  const hanging = new Promise<void>((resolve) => {
    reportHanging = resolve
  })
  const record = (name: keyof Pilotbook, request?: AskRequest): void => {
    calls.push(request === undefined ? { name } : { name, request })
    if (script.failures?.[name] !== undefined) throw script.failures[name]
  }
  const hang = (signal: AbortSignal | undefined): Promise<never> =>
    new Promise((_resolve, reject) => {
      if (signal === undefined) throw new Error('a call that hangs needs a signal')
      signal.addEventListener('abort', () => {
        aborts.push(signal.reason)
        reject(signal.reason)
      })
      reportHanging()
    })
  async function* ask(request: AskRequest, options?: CallOptions): AsyncGenerator<AnswerEvent> {
    record('ask', request)
    for (const step of script.steps ?? fakeSteps) {
      if (step.kind === 'fail') throw step.error
      if (step.kind === 'hang') await hang(options?.signal)
      else yield step
    }
  }
  const run = async (request: AskRequest, options?: CallOptions): Promise<Answer> => {
    let answer: Answer | undefined
    for await (const event of ask(request, options)) if (event.kind === 'done') answer = event.answer
    if (answer === undefined) throw new Error('the script has no done event')
    return answer
  }
  return {
    calls,
    aborts,
    hanging,
    ask,
    answer: async (request, options) => {
      record('answer', request)
      return run(request, options)
    },
    search: async (request, options) => {
      record('search', request)
      if (script.steps?.[0]?.kind === 'hang') return hang(options?.signal)
      return request.explain === true ? { ...searchResult, explanation } : searchResult
    },
    books: async () => {
      record('books')
      return [book]
    },
    book: async (bookId) => {
      record('book')
      if (bookId !== book.id) throw new AppError('BOOK_UNKNOWN', { book: bookId, known: book.id })
      return bookDetail
    },
    section: async (bookId, sectionId) => {
      record('section')
      if (bookId !== book.id) throw new AppError('BOOK_UNKNOWN', { book: bookId, known: book.id })
      if (sectionId !== section.id) throw new AppError('SECTION_UNKNOWN', { book: bookId, section: sectionId })
      return section
    },
    conversations: createMemoryConversations(),
    status: async () => {
      record('status')
      return script.status ?? degraded
    },
    warmUp: async () => record('warmUp'),
    close: async () => record('close'),
  }
}
