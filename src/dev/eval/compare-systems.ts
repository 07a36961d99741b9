import { bootstrapInterval, type Interval } from '../../evaluation/bootstrap-interval.js'
import type { RankedQuestion } from '../../evaluation/evaluate.js'
import { isAnswerable } from '../../evaluation/golden-questions.js'
import { allClasses, mean, toHit } from '../../evaluation/score-rankings.js'
import type { SystemRun } from './run-rivals.js'

/** One of our systems beside the rival that does best on the same questions. All by hit@5. */
export interface Comparison {
  readonly own: string
  /** `all`, or one class, each against its own best rival. */
  readonly class: string
  readonly rival: string
  readonly questions: number
  /** Our share of hits less theirs, and the 95 % interval of that difference, question by question. */
  readonly difference: number
  readonly interval: Interval
  readonly rivalMisses: number
  /** Of the rival's misses, those that we find. */
  readonly found: number
}

/** How many questions of a class a system misses at rank 5. */
export interface ClassMisses {
  readonly class: string
  readonly questions: number
  readonly misses: Readonly<Record<string, number>>
}

const depth = 5

/** Each of our systems against the best rival, over all questions and within each class. The runs hold the same questions in the same order. */
export function compareSystems(own: readonly SystemRun[], rivals: readonly SystemRun[]): readonly Comparison[] {
  return own.flatMap((system) =>
    listClasses(system).flatMap((name) => {
      const mine = pick(system, name)
      const best = rivals
        .map((rival) => ({ rival, theirs: pick(rival, name) }))
        .sort((one, other) => toRate(other.theirs) - toRate(one.theirs))[0]
      return best === undefined ? [] : [compare(mine, best.theirs, { own: system.name, class: name, rival: best.rival.name })]
    }),
  )
}

/** Misses of every system, class by class, all last. */
export function countMisses(systems: readonly SystemRun[]): readonly ClassMisses[] {
  const [first] = systems
  return (first === undefined ? [] : listClasses(first)).map((name) => ({
    class: name,
    questions: first === undefined ? 0 : pick(first, name).length,
    misses: Object.fromEntries(systems.map((system) => [system.name, pick(system, name).filter((one) => toHit(one, depth) === 0).length])),
  }))
}

function compare(
  mine: readonly RankedQuestion[],
  theirs: readonly RankedQuestion[],
  names: Pick<Comparison, 'own' | 'class' | 'rival'>,
): Comparison {
  const differences = mine.map((one, position) => toHit(one, depth) - toHit(theirs[position] ?? { ranks: [] }, depth))
  const missed = mine.filter((_, position) => toHit(theirs[position] ?? { ranks: [] }, depth) === 0)
  return {
    ...names,
    questions: mine.length,
    difference: mean(differences),
    interval: bootstrapInterval(differences),
    rivalMisses: missed.length,
    found: missed.filter((one) => toHit(one, depth) === 1).length,
  }
}

function listClasses({ searches }: SystemRun): readonly string[] {
  const names = searches.filter(({ question }) => isAnswerable(question)).map(({ question }) => question.class)
  return [...new Set(names)].sort().concat(allClasses)
}

function pick({ searches }: SystemRun, name: string): readonly RankedQuestion[] {
  return searches.filter(({ question }) => isAnswerable(question) && (name === allClasses || question.class === name))
}

// Hits first; of equal ones the better ranks.
function toRate(searches: readonly RankedQuestion[]): number {
  const reciprocal = mean(searches.map(({ ranks: [first] }) => (first === undefined ? 0 : 1 / first)))
  return mean(searches.map((one) => toHit(one, depth))) + reciprocal / 1e6
}
