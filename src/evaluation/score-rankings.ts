import { bootstrapInterval, type Interval } from './bootstrap-interval.js'

/** One question's result: at which ranks (1-based, ascending) further answers stand, and how many there are to be found. */
export interface QuestionRanks {
  readonly class: string
  readonly ranks: readonly number[]
  readonly answers: number
}

export interface RankingMeasures {
  readonly hitAt1: number
  readonly hitAt3: number
  readonly hitAt5: number
  readonly hitAt10: number
  /** Mean reciprocal rank of the first answer; a question without one counts 0. */
  readonly meanReciprocalRank: number
  /** Normalised discounted cumulative gain of the first ten; each answer counts once. */
  readonly gainAt10: number
}

/** The measures by their names in tables, in order. */
export const rankingMeasures: readonly (readonly [key: keyof RankingMeasures, name: string])[] = [
  ['hitAt1', 'hit@1'],
  ['hitAt3', 'hit@3'],
  ['hitAt5', 'hit@5'],
  ['hitAt10', 'hit@10'],
  ['meanReciprocalRank', 'MRR'],
  ['gainAt10', 'nDCG@10'],
]

export interface RankingScore extends RankingMeasures {
  readonly questions: number
  /** Of 95 % each. */
  readonly intervals: Readonly<Record<keyof RankingMeasures, Interval>>
}

export interface ClassScore extends RankingScore {
  readonly class: string
}

/** Name of the row over all classes. */
export const allClasses = 'all'

/** Shares of questions with an answer among the first 1, 3, 5 and 10 passages, ranks and gains, with their intervals; 0 for no questions. */
export function scoreRankings(questions: readonly QuestionRanks[]): RankingScore {
  const score = <Result>(summarize: (values: readonly number[]) => Result) => mapMeasures((measure) => summarize(questions.map(measure)))
  return { questions: questions.length, ...score(mean), intervals: score(bootstrapInterval) }
}

/** What is made of each measure; a measure is what one question counts in it. */
function mapMeasures<Result>(
  make: (measure: (question: QuestionRanks) => number) => Result,
): Readonly<Record<keyof RankingMeasures, Result>> {
  return {
    hitAt1: make((question) => toHit(question, 1)),
    hitAt3: make((question) => toHit(question, 3)),
    hitAt5: make((question) => toHit(question, 5)),
    hitAt10: make((question) => toHit(question, 10)),
    meanReciprocalRank: make(({ ranks: [first] }) => (first === undefined ? 0 : 1 / first)),
    gainAt10: make(toGain),
  }
}

/** The same for each class, by name, and for all questions, last. */
export function scoreClasses(questions: readonly QuestionRanks[]): readonly ClassScore[] {
  const names = [...new Set(questions.map(({ class: name }) => name))].sort()
  const classes = names.map((name) => ({ class: name, ...scoreRankings(questions.filter((question) => question.class === name)) }))
  return [...classes, { class: allClasses, ...scoreRankings(questions) }]
}

/** 1 when an answer stands among the first `most` passages, else 0. */
export function toHit({ ranks: [first] }: Pick<QuestionRanks, 'ranks'>, most: number): number {
  return first !== undefined && first <= most ? 1 : 0
}

/** Mean of the values; 0 for none. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

const depth = 10

function toGain({ ranks, answers }: QuestionRanks): number {
  const discount = (rank: number) => 1 / Math.log2(rank + 1)
  const sum = (list: readonly number[]) => list.reduce((total, rank) => total + discount(rank), 0)
  const best = Array.from({ length: Math.min(answers, depth) }, (_, position) => position + 1)
  return best.length === 0 ? 0 : sum(ranks.filter((rank) => rank <= depth)) / sum(best)
}
