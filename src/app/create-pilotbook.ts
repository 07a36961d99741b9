import { randomUUID } from 'node:crypto'
import { defaultChatOptions } from '../adapters/ollama/chat-options.js'
import { hashPrompts } from '../adapters/prompt-files/hash-prompts.js'
import { loadPrompts } from '../adapters/prompt-files/load-prompts.js'
import { loadRewritePrompts } from '../adapters/prompt-files/load-rewrite-prompts.js'
import { type AnswerParts, answer } from '../answer/answer.js'
import { explainBudget } from '../answer/build-prompt/explain-budget.js'
import { focusQuestion } from '../answer/focus-question/focus-question.js'
import type { Before } from '../answer/make-standalone.js'
import { retrievePassages } from '../answer/retrieve-passages/retrieve-passages.js'
import { AppError } from '../core/errors/app-error.js'
import type { AnswerPrompts } from '../core/ports/answer-prompts.js'
import type { RewritePrompts } from '../core/ports/rewrite-prompts.js'
import type { Answer, AnswerEvent } from '../core/types/answer.js'
import type { RankedPassage, Retrieval, RetrievalExplanation } from '../core/types/retrieval.js'
import { findChangedSources } from '../library/find-changed-sources.js'
import { AnswerCache } from './answer-cache.js'
import { keepTurn, readBefore } from './ask-in-conversation.js'
import { toQuestion } from './check-request.js'
import { type ChosenEmbedder, embeddingModelName, noEmbeddingModel, openLocalEmbedder } from './choose-embedder.js'
import { type ChosenGenerator, chooseGenerator } from './choose-generator.js'
import type { Config } from './config/config.js'
import { ConversationsInUse, createConversations } from './conversations.js'
import { describeBook, describeBooks, describeSection } from './describe-books.js'
import { describeStatus } from './describe-status.js'
import { IndexInUse } from './index-in-use.js'
import { type OpenIndex, openIndex } from './open-index.js'
import type { AskRequest, CallOptions, Pilotbook, SearchHit, SearchResult } from './pilotbook.js'
import { toNotice } from './shortfall.js'

export interface PilotbookOptions {
  /** `command`: one or a few questions in this process; `service`: the model runs beside, so that the event loop stays free. */
  readonly mode: 'command' | 'service'
  readonly limits?: AnswerParts['limits']
}

const embedderModes = {
  command: { kind: 'in-process', threads: 2 },
  service: { kind: 'processes', count: 1, threadsEach: 2 },
} as const

/** Loading a model from a cold disk and reading a prompt on a CPU take minutes; between two words seconds pass. */
const patientLimits: AnswerParts['limits'] = { firstPieceMs: 300_000, betweenPiecesMs: 60_000, totalMs: 900_000 }

/** Room for the question's tokens that the estimate may get wrong. */
const contextReserve = 0.05
/** Ollama notes: flags, paths and YAML are denser than prose, about 3 characters a token. */
const budget: AnswerParts['budget'] = {
  aimTokens: 1_500,
  limitTokens: Math.floor(defaultChatOptions.numCtx * (1 - contextReserve)) - defaultChatOptions.numPredict,
  charactersPerToken: 3,
}

/** Wires both pipelines' parts for questions. Opens nothing before it is needed; what is missing shows in the first call. */
export function createPilotbook(config: Config, options: PilotbookOptions): Pilotbook {
  const context = new Context(config, options)
  return {
    ask: (request, call) => ask(context, request, call),
    answer: (request, call) => collectAnswer(ask(context, request, call)),
    search: (request, call) => search(context, request, call),
    books: () => context.withIndex(({ library }) => describeBooks(library)),
    book: (bookId) => context.withIndex(({ library }) => describeBook(library, bookId)),
    section: (bookId, sectionId) => context.withIndex(({ library }) => describeSection(library, bookId, sectionId)),
    conversations: createConversations(context.conversations),
    status: (call) => describeStatus(config, () => context.index.use(), call?.signal),
    warmUp: (call) => warmUp(config, call?.signal),
    close: () => context.close(),
  }
}

class Context {
  readonly config: Config
  readonly limits: AnswerParts['limits']
  readonly index: IndexInUse
  readonly conversations: ConversationsInUse
  readonly #mode: PilotbookOptions['mode']
  /** A command answers once: nothing would be asked of it again. */
  readonly #cache: AnswerCache | undefined
  #embedder: ChosenEmbedder | undefined
  #prompts: Promise<AnswerPrompts> | undefined
  #promptsHash: Promise<string> | undefined
  #rewritePrompts: Promise<RewritePrompts> | undefined

  constructor(config: Config, { mode, limits = patientLimits }: PilotbookOptions) {
    this.config = config
    this.limits = limits
    this.#mode = mode
    this.#cache = mode === 'service' && config.cache ? new AnswerCache() : undefined
    this.conversations = new ConversationsInUse(config)
    this.index = new IndexInUse(config.indexDir, async () => openIndex(config, await this.#chooseEmbedder()))
  }

  async withIndex<Value>(read: (index: Awaited<ReturnType<IndexInUse['use']>>['index']) => Value | Promise<Value>): Promise<Value> {
    const { index, done } = await this.index.use()
    try {
      return await read(index)
    } finally {
      await done()
    }
  }

  loadPrompts(): Promise<AnswerPrompts> {
    this.#prompts ??= loadPrompts(this.config.promptsDir)
    return this.#prompts
  }

  async memoryOn({ library, dense }: OpenIndex, { generator, model }: ChosenGenerator): Promise<AnswerParts['memory']> {
    if (this.#cache === undefined) return undefined
    if (model !== undefined) this.#promptsHash ??= hashPrompts(this.config.promptsDir)
    return this.#cache.on({
      generation: library.manifest.generation,
      model: model ?? generator.aiModel,
      embedder: dense?.embedder.id ?? noEmbeddingModel,
      prompts: (await this.#promptsHash) ?? 'none',
    })
  }

  readBefore(conversationId: string): Promise<Before> {
    return readBefore(conversationId, {
      conversations: this.conversations,
      loadPrompts: () => {
        this.#rewritePrompts ??= loadRewritePrompts(this.config.promptsDir)
        return this.#rewritePrompts
      },
    })
  }

  async close(): Promise<void> {
    await this.index.close()
    await this.conversations.close()
    if (this.#embedder?.kind === 'embedder') await this.#embedder.embedder.close()
  }

  // A model that was fetched since the last generation is taken up with the next one.
  async #chooseEmbedder(): Promise<ChosenEmbedder> {
    if (this.#embedder?.kind !== 'embedder') this.#embedder = await openLocalEmbedder(this.config, embedderModes[this.#mode])
    return this.#embedder
  }
}

async function* ask(context: Context, request: AskRequest, call: CallOptions = {}): AsyncGenerator<AnswerEvent> {
  const { index, done } = await context.index.use()
  try {
    const question = toQuestion(request, index.library.books)
    const before = request.conversationId === undefined ? undefined : await context.readBefore(request.conversationId)
    const chosen = await chooseGenerator(context.config, request.model, call.signal)
    const { generator, shortfall } = chosen
    const changes = await findChangedSources(index.library.manifest, context.config.corpusDir)
    const memory = await context.memoryOn(index, chosen)
    const parts: AnswerParts = {
      library: index.library,
      ...(index.dense === undefined ? {} : { dense: index.dense }),
      generator,
      loadPrompts: () => context.loadPrompts(),
      ...(before === undefined ? {} : { before }),
      ...(memory === undefined ? {} : { memory }),
      budget,
      limits: context.limits,
      embeddingModel: index.dense === undefined ? noEmbeddingModel : embeddingModelName,
      notices: [...[index.shortfall, shortfall].filter((one) => one !== undefined).map(toNotice), ...changes],
      newId: randomUUID,
      now: () => performance.now(),
    }
    const events = answer(question, parts, call.signal)
    yield* request.conversationId === undefined ? events : keepTurn(request.conversationId, events, context.conversations)
  } finally {
    await done()
  }
}

async function collectAnswer(events: AsyncIterable<AnswerEvent>): Promise<Answer> {
  let answered: Answer | undefined
  for await (const event of events) if (event.kind === 'done') answered = event.answer
  if (answered === undefined) throw new AppError('INTERNAL', { problem: 'the answer ended without its last event' })
  return answered
}

function search(context: Context, request: AskRequest, call: CallOptions = {}): Promise<SearchResult> {
  return context.withIndex(async (index) => {
    const question = toQuestion(request, index.library.books)
    const changes = await findChangedSources(index.library.manifest, context.config.corpusDir)
    const notices = [...(index.shortfall === undefined ? [] : [toNotice(index.shortfall)]), ...changes]
    const found = await retrievePassages(question, index, call.signal)
    const explanation = await explain(context, question.text, found)
    return {
      question: question.text,
      confidence: found.confidence,
      answerable: found.answerable,
      passages: found.passages.map(toHit),
      notices,
      ...(explanation === undefined ? {} : { explanation }),
    }
  })
}

/** What the retrieval tells of itself, and what the prompt would make of it. */
async function explain(context: Context, question: string, found: Retrieval): Promise<RetrievalExplanation | undefined> {
  if (found.explanation === undefined) return undefined
  const prompts = await context.loadPrompts()
  return { ...found.explanation, budget: await explainBudget(focusQuestion(question), found, { prompts, budget }) }
}

function toHit({ rank, scores, book, passage, alsoAt }: RankedPassage): SearchHit {
  const { id, file, headingPath, startLine, endLine, startOffset, endOffset, page, text } = passage
  const place = { file, headingPath, startLine, endLine, startOffset, endOffset, ...(page === undefined ? {} : { page }) }
  return {
    rank,
    id,
    score: scores.fused,
    scores,
    book: { id: book.id, title: book.title },
    ...place,
    text,
    ...(alsoAt.length === 0 ? {} : { alsoAt }),
  }
}

async function warmUp(config: Config, signal: AbortSignal | undefined): Promise<void> {
  const { model } = await chooseGenerator(config, undefined, signal)
  if (model === undefined) return
  const { warmUpModel } = await import('../adapters/ollama/warm-up-model.js')
  await warmUpModel({ baseUrl: config.ollamaUrl, model, ...(signal === undefined ? {} : { signal }) })
}
