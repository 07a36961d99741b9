import type { Evaluation, RankedQuestion } from './evaluate.js'
import { countAnswers } from './find-answering-ranks.js'
import { isAnswerable } from './golden-questions.js'
import { type AnswerScore, scoreAnswers } from './score-answers.js'
import { type ClassScore, scoreClasses } from './score-rankings.js'
import { type RefusalScore, scoreRefusals } from './score-refusals.js'
import { type LatencySummary, summarizeLatencies } from './summarize-latencies.js'

/** One system's figures over one group of questions. */
export interface SystemReport {
  readonly name: string
  /** Over the questions that the books answer: by class, then all. */
  readonly classes: readonly ClassScore[]
  /** Of one search in this process. */
  readonly latency: LatencySummary
  /** Absent for a system that never refuses. */
  readonly refusals?: RefusalScore
  /** Absent when no answers were written. */
  readonly answers?: AnswerScore
}

export interface GroupReport {
  /** Such as `Held-out half`. */
  readonly name: string
  readonly systems: readonly SystemReport[]
}

/** One run of the golden questions, as `--json` prints it. */
export interface EvalReport {
  /** ISO 8601. */
  readonly at: string
  /** File or folder of the questions. */
  readonly questions: string
  readonly corpus: string
  /** Passages of the index. */
  readonly passages: number
  /** As an answer names it: the embedder that ran, or `none (word search)`. */
  readonly embedder: string
  /** What wrote the answers, when some were written. */
  readonly aiModel?: string
  readonly groups: readonly GroupReport[]
  /** What the reader must know of this run. */
  readonly notices: readonly string[]
}

/** The figures of one of our own ways to search. */
export function toSystemReport(name: string, { searches, answers }: Evaluation): SystemReport {
  const judgements = searches.map(({ question, confidence, answerable }) => ({
    isAnswerable: isAnswerable(question),
    isNear: question.near === true,
    confidence,
    answered: answerable,
  }))
  const checked = answers.map(({ question, check, ms }) => ({ isAnswerable: isAnswerable(question), check, ms }))
  return {
    ...toRankingReport(name, searches),
    refusals: scoreRefusals(judgements),
    ...(answers.length === 0 ? {} : { answers: scoreAnswers(checked) }),
  }
}

/** The figures of a system that only ranks. */
export function toRankingReport(name: string, searches: readonly RankedQuestion[]): SystemReport {
  const ranked = searches.filter(({ question }) => isAnswerable(question))
  return {
    name,
    classes: scoreClasses(ranked.map(({ question, ranks }) => ({ class: question.class, ranks, answers: countAnswers(question) }))),
    latency: summarizeLatencies(searches.map(({ ms }) => ms)),
  }
}
