import { formatGroup, formatHead, formatTable } from '../../evaluation/format-report.js'
import { type AimRow, judgeAims } from './judge-aims.js'
import { type GroupComparison, judgedSystem, type RivalReport } from './run-eval.js'

/** The report with the rivals beside it, as Markdown. */
export function formatRivalReport(report: RivalReport): string {
  const groups = report.groups.flatMap((group, position) => {
    const beside = report.beside[position]
    const judged = group.systems.find(({ name }) => name === judgedSystem)
    return [
      formatGroup(group),
      ...(beside === undefined ? [] : [formatComparisons(beside), formatMisses(beside)]),
      ...(beside === undefined || judged === undefined ? [] : [formatAims(judgeAims(judged, beside))]),
    ]
  })
  return [formatHead(report), ...groups].join('\n\n')
}

function formatComparisons({ comparisons }: GroupComparison): string {
  const rows = comparisons.map(({ own, class: name, rival, difference, interval, rivalMisses, found }) => [
    name,
    own,
    rival,
    toSigned(difference),
    `${toSigned(interval.low)} to ${toSigned(interval.high)}`,
    `${found} of ${rivalMisses}`,
  ])
  const head = ['Class', 'System', 'Best rival', 'hit@5, difference', '95 % of it', "The rival's misses found"]
  return formatTable([head, ...rows.sort(([one = ''], [other = '']) => order(one) - order(other) || one.localeCompare(other))])
}

function formatMisses({ misses }: GroupComparison): string {
  const systems = Object.keys(misses[0]?.misses ?? {})
  const rows = misses.map((row) => [row.class, String(row.questions), ...systems.map((name) => String(row.misses[name] ?? ''))])
  return formatTable([['Misses at 5', 'Questions', ...systems], ...rows])
}

function formatAims(rows: readonly AimRow[]): string {
  return formatTable([
    [`Aims, ${judgedSystem}`, 'Figure', 'Met'],
    ...rows.map(({ aim, figure, met }) => [aim, figure, met ? 'yes' : '**no**']),
  ])
}

// The row over all classes comes last.
function order(name: string): number {
  return name === 'all' ? 1 : 0
}

function toSigned(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(3)}`
}
