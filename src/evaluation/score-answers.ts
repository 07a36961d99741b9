import type { AnswerCheck } from './check-answer.js'
import { addShares } from './share.js'
import { type LatencySummary, summarizeLatencies } from './summarize-latencies.js'

/** One answered question: whether the books answer it at all, what its answer gets right, and how long it took. */
export interface CheckedAnswer {
  readonly isAnswerable: boolean
  readonly check: AnswerCheck
  readonly ms: number
}

/** All shares are over the questions that the books answer, except `falseAnswers`. */
export interface AnswerScore extends AnswerCheck {
  /** Questions that the books do not answer, answered all the same. */
  readonly falseAnswers: AnswerCheck['answered']
  readonly latency: LatencySummary
}

/** Adds up what the answers get right. */
export function scoreAnswers(answers: readonly CheckedAnswer[]): AnswerScore {
  const inside = answers.filter(({ isAnswerable }) => isAnswerable).map(({ check }) => check)
  const outside = answers.filter(({ isAnswerable }) => !isAnswerable).map(({ check }) => check)
  const add = (key: keyof AnswerCheck) => addShares(inside.map((check) => check[key]))
  return {
    answered: add('answered'),
    validCitations: add('validCitations'),
    faithfulQuotes: add('faithfulQuotes'),
    quotedSentences: add('quotedSentences'),
    supportedLiterals: add('supportedLiterals'),
    coveredSentences: add('coveredSentences'),
    matchedPatterns: add('matchedPatterns'),
    citedAnswers: add('citedAnswers'),
    falseAnswers: addShares(outside.map(({ answered }) => answered)),
    latency: summarizeLatencies(answers.map(({ ms }) => ms)),
  }
}
