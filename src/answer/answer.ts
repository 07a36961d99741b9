import type { AnswerPrompts } from '../core/ports/answer-prompts.js'
import type { TextGenerator } from '../core/ports/text-generator.js'
import type { Answer, AnswerEvent, Notice } from '../core/types/answer.js'
import type { Question } from '../core/types/question.js'
import type { RankedPassage } from '../core/types/retrieval.js'
import { countDocuments, inverseDocumentFrequency } from '../word-search/bm25.js'
import { buildPrompt, type PromptBudget } from './build-prompt/build-prompt.js'
import { type CitedText, SourceCiter } from './cite-sources/cite-sources.js'
import { startClock } from './clock.js'
import { focusQuestion } from './focus-question/focus-question.js'
import { type GenerationLimits, generateText } from './generate-text/generate-text.js'
import { type Before, makeStandalone } from './make-standalone.js'
import { type AnswerMemory, recallAnswer } from './recall-answer.js'
import { isRefusal } from './refuse.js'
import { type RetrieveParts, retrievePassages } from './retrieve-passages/retrieve-passages.js'
import { inspect, noUsage, type Run, toAnswer, toRefusal } from './to-answer.js'

/** What the question pipeline works with. */
export interface AnswerParts extends RetrieveParts {
  readonly generator: TextGenerator
  /** Needed by a chat model only; loaded when one is asked. */
  readonly loadPrompts: () => Promise<AnswerPrompts>
  readonly budget: PromptBudget
  readonly limits: GenerationLimits
  readonly embeddingModel: string
  /** The conversation so far; without it a question stands alone. */
  readonly before?: Before
  /** Answers given before; without it each is written anew. */
  readonly memory?: AnswerMemory
  /** Fallbacks in use and books that changed: shown with every answer. */
  readonly notices: readonly Notice[]
  readonly newId: () => string
  readonly now: () => number
}

/**
 * Question in, cited answer out, as it comes: rewrite a follow-up, retrieve, prompt, generate, cite. Lack of evidence is an Answer, not
 * an error, and asks no model to answer. The last event is always `done`; rejects with an AppError when a part is down, before the first
 * event where it can.
 */
export async function* answer(asked: Question, parts: AnswerParts, signal?: AbortSignal): AsyncGenerator<AnswerEvent> {
  const clock = startClock(parts.now)
  const question = await makeStandalone(asked, parts, signal)
  if (parts.before !== undefined) clock.lap('rewriteMs')
  yield* recallAnswer({ question, parts, clock }, () => findAndWrite({ question, parts, clock }, signal))
}

async function* findAndWrite({ question, parts, clock }: Omit<Run, 'found'>, signal?: AbortSignal): AsyncGenerator<AnswerEvent> {
  const found = await retrievePassages(question, parts, signal)
  clock.lap('retrieveMs')
  const run = { question, parts, found, clock }
  yield {
    kind: 'sources',
    ...(question.asked === undefined ? {} : { standaloneQuestion: question.text }),
    passages: found.passages.map((ranked) => inspect(ranked, found.answerable)),
    confidence: found.confidence,
  }
  for (const notice of parts.notices) yield { kind: 'notice', notice }
  yield { kind: 'done', answer: found.answerable ? yield* writeAnswer(run, signal) : toRefusal(run) }
}

async function* writeAnswer(run: Run, signal: AbortSignal | undefined): AsyncGenerator<AnswerEvent, Answer> {
  const { question, parts, found, clock } = run
  const prompt = await preparePrompt(question, found.passages, parts)
  clock.lap('promptMs')
  const citer = new SourceCiter(prompt.passages, measureRarity(parts))
  const everyPassage = question.eachBook === true
  const request = { ...prompt, question: focusQuestion(question.text), everyPassage, ...(signal === undefined ? {} : { signal }) }
  let end = { complete: true, ...noUsage }
  for await (const piece of generateText(request, parts.generator, parts.limits)) {
    if (piece.kind === 'end') end = piece
    yield* citer.push(piece)
  }
  clock.lap('generateMs')
  const cited = citer.finish()
  clock.lap('citeMs')
  const usage = { promptTokens: end.promptTokens, answerTokens: end.answerTokens }
  if (isRefusal(cited.markdown)) return toRefusal(run, { usage })
  // A cut answer may have ended before its first sound sentence: that is a failure of the model, not of the books.
  if (end.complete && !hasSupport(cited)) return toRefusal(run, { usage, notices: [unsupported] })
  const notices = [...(end.complete ? [] : [incomplete]), ...(await adviseOn(cited, prompt.passages, parts))]
  for (const notice of notices) yield { kind: 'notice', notice }
  return toAnswer(run, { kind: 'answered', cited, usage, shown: new Set(prompt.passages), notices })
}

// Loaded now: the words of Docker take time to read, and a search needs none of them.
async function adviseOn(cited: CitedText, passages: readonly RankedPassage[], { generator }: AnswerParts): Promise<readonly Notice[]> {
  if (generator.kind === 'extractive') {
    return (await import('./check-advice/check-quoted-advice.js')).checkQuotedAdvice(cited, passages)
  }
  return (await import('./check-advice/check-advice.js')).checkAdvice(cited, passages)
}

const unsupported: Notice = {
  code: 'ANSWER_UNSUPPORTED',
  text: 'The generator wrote an answer, but no sentence of it stands in the passages, so it is not shown.',
}

const incomplete: Notice = { code: 'ANSWER_INCOMPLETE', text: 'The chat model stopped before the answer was complete.' }

async function preparePrompt(question: Question, passages: readonly RankedPassage[], parts: AnswerParts) {
  // Quoting needs no prompt, and the templates take 170 ms to load.
  if (parts.generator.kind === 'extractive') return { prompt: '', passages }
  const { text, passages: kept } = await buildPrompt(focusQuestion(question.text), passages, {
    prompts: await parts.loadPrompts(),
    budget: parts.budget,
  })
  return { prompt: text, passages: kept }
}

function measureRarity({ library }: AnswerParts): (term: string) => number {
  const count = library.terms.lengths.length
  return (term) => inverseDocumentFrequency(count, countDocuments(library.terms, term))
}

function hasSupport({ sentences }: CitedText): boolean {
  return sentences.some(({ support }) => support !== 'unsupported')
}
