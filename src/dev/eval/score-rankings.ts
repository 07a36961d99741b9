/** One question's result: the rank (1-based) of the first passage of a section that answers it; undefined when none was found. */
export interface QuestionRank {
  readonly id: string
  readonly class: string
  readonly rank: number | undefined
}

export interface RankingScore {
  readonly questions: number
  readonly hitAt1: number
  readonly hitAt3: number
  readonly hitAt5: number
  readonly hitAt10: number
  /** Mean reciprocal rank; a question without a hit counts 0. */
  readonly meanReciprocalRank: number
}

/** Shares of questions with a hit among the first 1, 3, 5 and 10 passages, and the mean reciprocal rank; 0 for no questions. */
export function scoreRankings(ranks: readonly QuestionRank[]): RankingScore {
  const share = (most: number) => mean(ranks.map(({ rank }) => (rank !== undefined && rank <= most ? 1 : 0)))
  return {
    questions: ranks.length,
    hitAt1: share(1),
    hitAt3: share(3),
    hitAt5: share(5),
    hitAt10: share(10),
    meanReciprocalRank: mean(ranks.map(({ rank }) => (rank === undefined ? 0 : 1 / rank))),
  }
}

/**
 * Area under the ROC curve: how often a question that the books answer gets a higher confidence than one that they do not; ties count
 * half. NaN when either side is empty.
 */
export function areaUnderCurve(answerable: readonly number[], unanswerable: readonly number[]): number {
  const wins = answerable.map((confidence) => mean(unanswerable.map((other) => (confidence > other ? 1 : confidence === other ? 0.5 : 0))))
  return answerable.length === 0 || unanswerable.length === 0 ? Number.NaN : mean(wins)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
