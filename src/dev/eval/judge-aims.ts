import type { SystemReport } from '../../evaluation/eval-report.js'
import { allClasses } from '../../evaluation/score-rankings.js'
import { type Share, toRatio } from '../../evaluation/share.js'
import type { ClassMisses, Comparison } from './compare-systems.js'

/** A line of the table of aims; what each is, the issue on retrieval says. */
export interface AimRow {
  readonly aim: string
  readonly figure: string
  readonly met: boolean
}

/** What the other systems did on the same questions. */
export interface Beside {
  readonly comparisons: readonly Comparison[]
  readonly misses: readonly ClassMisses[]
  /** Names of the rivals among the systems. */
  readonly rivals: readonly string[]
}

const allowedMisses = 1

/** The aims of the retrieval, judged for one of our systems over one group of questions. */
export function judgeAims(system: SystemReport, { comparisons, misses, rivals }: Beside): readonly AimRow[] {
  const own = comparisons.filter((comparison) => comparison.own === system.name)
  return [
    ...own.filter((one) => one.class === allClasses).map((one) => judgeLead(one, 0.08)),
    ...own.filter((one) => one.class === 'paraphrase').map((one) => judgeLead(one, 0.12)),
    judgeClasses(system.name, misses, rivals),
    judgeRank(system),
    ...judgeRefusals(system),
  ]
}

// Where the rival misses so few that half of them would not make up the lead, half of them will do.
function judgeLead({ class: name, difference, rival, rivalMisses, found, questions }: Comparison, lead: number): AimRow {
  const hasRoom = rivalMisses / questions >= 2 * lead
  const aim = hasRoom ? `hit@5 at least ${lead} above ${rival}` : `half of the ${rivalMisses} misses of ${rival} found`
  return {
    aim: `${name}: ${aim}`,
    figure: `${difference < 0 ? '' : '+'}${difference.toFixed(3)}, ${found} of ${rivalMisses} found`,
    met: difference >= lead || (!hasRoom && found * 2 >= rivalMisses),
  }
}

function judgeClasses(own: string, misses: readonly ClassMisses[], rivals: readonly string[]): AimRow {
  const worse = misses
    .filter(({ class: name }) => name !== allClasses)
    .flatMap(({ class: name, misses: counts }) =>
      Object.entries(counts)
        .filter(([system, count]) => rivals.includes(system) && (counts[own] ?? 0) > count + allowedMisses)
        .map(([system, count]) => `${name}: ${counts[own]} misses, ${system} ${count}`),
    )
  return { aim: 'every class at or above every rival, one miss allowed', figure: worse.join('; ') || 'all', met: worse.length === 0 }
}

function judgeRank({ classes }: SystemReport): AimRow {
  const rank = classes.find((score) => score.class === allClasses)?.meanReciprocalRank ?? 0
  return { aim: 'MRR at least .80', figure: rank.toFixed(3), met: rank >= 0.8 }
}

function judgeRefusals({ refusals }: SystemReport): readonly AimRow[] {
  if (refusals === undefined) return []
  const { falseRefusals, falseAnswers, area } = refusals
  const toRow = (aim: string, value: number | undefined, isMet: (value: number) => boolean): AimRow[] =>
    value === undefined ? [] : [{ aim, figure: value.toFixed(3), met: isMet(value) }]
  const refused: Share = { count: falseAnswers.of - falseAnswers.count, of: falseAnswers.of }
  return [
    ...toRow('falsely refused at most .03', toRatio(falseRefusals), (value) => value <= 0.03),
    ...toRow('of the unanswerable at least .80 refused', toRatio(refused), (value) => value >= 0.8),
    ...toRow('AUROC at least .95', area, (value) => value >= 0.95),
  ]
}
