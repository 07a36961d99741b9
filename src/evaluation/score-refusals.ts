import { mean } from './score-rankings.js'
import { countShare, type Share } from './share.js'

/** One question's judgement: whether the books answer it, and what was decided with which confidence (0 to 1). */
export interface Judgement {
  readonly isAnswerable: boolean
  readonly isNear: boolean
  readonly confidence: number
  readonly answered: boolean
}

export interface RefusalScore {
  /** Questions that the books answer, refused. */
  readonly falseRefusals: Share
  /** Questions that the books do not answer, not refused. */
  readonly falseAnswers: Share
  /** Of these, the ones near the topic. */
  readonly nearFalseAnswers: Share
  /** Area under the ROC curve of the confidence; absent when either kind of question is. */
  readonly area?: number
}

export function scoreRefusals(judgements: readonly Judgement[]): RefusalScore {
  const inside = judgements.filter(({ isAnswerable }) => isAnswerable)
  const outside = judgements.filter(({ isAnswerable }) => !isAnswerable)
  const near = outside.filter(({ isNear }) => isNear)
  const toConfidence = ({ confidence }: Judgement) => confidence
  const area = areaUnderCurve(inside.map(toConfidence), outside.map(toConfidence))
  return {
    falseRefusals: countShare(inside, ({ answered }) => !answered),
    falseAnswers: countShare(outside, ({ answered }) => answered),
    nearFalseAnswers: countShare(near, ({ answered }) => answered),
    ...(area === undefined ? {} : { area }),
  }
}

/**
 * Area under the ROC curve: how often a question that the books answer gets a higher confidence than one that they do not; ties count
 * half. Undefined when either side is empty.
 */
export function areaUnderCurve(answerable: readonly number[], unanswerable: readonly number[]): number | undefined {
  if (answerable.length === 0 || unanswerable.length === 0) return undefined
  return mean(answerable.map((confidence) => mean(unanswerable.map((other) => (confidence > other ? 1 : confidence === other ? 0.5 : 0)))))
}
