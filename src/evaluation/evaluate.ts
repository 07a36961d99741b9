import type { AskRequest, Pilotbook } from '../app/pilotbook.js'
import type { BookSource } from '../core/ports/book-source.js'
import type { Notice } from '../core/types/answer.js'
import { type AnswerCheck, checkAnswer } from './check-answer.js'
import { findAnsweringRanks } from './find-answering-ranks.js'
import { type GoldenQuestion, toAskedText } from './golden-questions.js'

export interface EvaluateParts {
  readonly pilotbook: Pick<Pilotbook, 'search' | 'answer'>
  /** The corpus on disk: citations are checked against the files themselves, not against the index. */
  readonly source: Pick<BookSource, 'readFile'>
}

export interface EvaluateOptions {
  /** Parts of retrieval that are switched off. */
  readonly without?: NonNullable<AskRequest['without']>
  /** Also write an answer to every question and check it. */
  readonly answers?: boolean
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: EvaluateProgress) => void
}

export interface EvaluateProgress {
  readonly step: 'search' | 'answer'
  readonly done: number
  readonly total: number
}

/** One question's search: at which ranks further answers stand (1-based, ascending, first ten), and how long it took. */
export interface RankedQuestion {
  readonly question: GoldenQuestion
  readonly ranks: readonly number[]
  readonly ms: number
}

export interface SearchedQuestion extends RankedQuestion {
  readonly confidence: number
  readonly answerable: boolean
  /** Fallbacks in use and books that changed since they were read. */
  readonly notices: readonly Notice[]
}

export interface AnsweredQuestion {
  readonly question: GoldenQuestion
  readonly check: AnswerCheck
  readonly ms: number
  readonly aiModel: string
  readonly notices: readonly Notice[]
}

export interface Evaluation {
  readonly searches: readonly SearchedQuestion[]
  /** Empty unless answers were asked for. */
  readonly answers: readonly AnsweredQuestion[]
}

/** Passages looked at per question. */
export const rankingDepth = 10

/**
 * Searches, and if wanted answers, every question, one after the other, so that the times are those of one reader. The opening of the
 * index is not part of them. Rejects with what the library rejects with, and with the signal's reason when cancelled.
 */
export async function evaluate(
  questions: readonly GoldenQuestion[],
  parts: EvaluateParts,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const searches: SearchedQuestion[] = []
  await searchOne(questions[0], parts, options)
  for (const question of questions) {
    searches.push(...(await searchOne(question, parts, options)))
    options.onProgress?.({ step: 'search', done: searches.length, total: questions.length })
  }
  const answers: AnsweredQuestion[] = []
  const texts = new Map<string, string | undefined>()
  for (const question of options.answers === true ? questions : []) {
    answers.push(await answerOne(question, parts, { options, texts }))
    options.onProgress?.({ step: 'answer', done: answers.length, total: questions.length })
  }
  return { searches, answers }
}

/** The part of an evaluation that is about some of its questions. */
export function narrowEvaluation({ searches, answers }: Evaluation, accepts: (question: GoldenQuestion) => boolean): Evaluation {
  const isAccepted = ({ question }: { readonly question: GoldenQuestion }) => accepts(question)
  return { searches: searches.filter(isAccepted), answers: answers.filter(isAccepted) }
}

/** What the reader must know of the run, each once: fallbacks in use, books that changed before or during it. */
export function listNotices({ searches, answers }: Evaluation): readonly string[] {
  const changes = answers.flatMap(({ notices }) => notices).filter(({ code }) => code.startsWith('BOOK_'))
  return [...new Set([...searches.flatMap(({ notices }) => notices), ...changes].map(({ text }) => text))]
}

async function searchOne(
  question: GoldenQuestion | undefined,
  { pilotbook }: EvaluateParts,
  { without, signal }: EvaluateOptions,
): Promise<readonly SearchedQuestion[]> {
  if (question === undefined) return []
  signal?.throwIfAborted()
  const request = { question: toAskedText(question), k: rankingDepth, ...(without === undefined ? {} : { without }) }
  const started = performance.now()
  const { passages, confidence, answerable, notices } = await pilotbook.search(request, toCall(signal))
  const ms = performance.now() - started
  return [{ question, ranks: findAnsweringRanks(question, passages), ms, confidence, answerable, notices }]
}

async function answerOne(
  question: GoldenQuestion,
  { pilotbook, source }: EvaluateParts,
  { options, texts }: { readonly options: EvaluateOptions; readonly texts: Map<string, string | undefined> },
): Promise<AnsweredQuestion> {
  const { without, signal } = options
  signal?.throwIfAborted()
  const started = performance.now()
  const answer = await pilotbook.answer({ question: toAskedText(question), ...(without === undefined ? {} : { without }) }, toCall(signal))
  const ms = performance.now() - started
  for (const { file } of answer.citations) {
    if (!texts.has(file)) texts.set(file, await readText(file, source))
  }
  return { question, check: checkAnswer(question, answer, (file) => texts.get(file)), ms, aiModel: answer.aiModel, notices: answer.notices }
}

async function readText(file: string, source: EvaluateParts['source']): Promise<string | undefined> {
  const reading = await source.readFile(file)
  return reading.kind === 'read' ? reading.file.text : undefined
}

function toCall(signal: AbortSignal | undefined) {
  return signal === undefined ? {} : { signal }
}
