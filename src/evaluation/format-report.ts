import type { Interval } from './bootstrap-interval.js'
import type { EvalReport, GroupReport, SystemReport } from './eval-report.js'
import type { AnswerScore } from './score-answers.js'
import { type ClassScore, rankingMeasures } from './score-rankings.js'
import type { RefusalScore } from './score-refusals.js'
import { type Share, toRatio } from './share.js'
import type { LatencySummary } from './summarize-latencies.js'

/** The whole report as Markdown: what ran, then a chapter for each group of questions. */
export function formatReport(report: EvalReport): string {
  return [formatHead(report), ...report.groups.map(formatGroup)].join('\n\n')
}

/** What ran over what, and what the reader must know of it. */
export function formatHead({ questions, corpus, passages, embedder, aiModel, notices }: EvalReport): string {
  const facts = [
    `Questions: ${questions}`,
    `Books: ${corpus}, ${passages} passages`,
    `Embedding Model: ${embedder}`,
    ...(aiModel === undefined ? [] : [`AI Model: ${aiModel}`]),
    ...notices.map((notice) => `Note: ${notice}`),
  ]
  return facts.map((fact) => `- ${fact}`).join('\n')
}

/** One group: ranks by class and system with their intervals, then refusals, answers and times. */
export function formatGroup({ name, systems }: GroupReport): string {
  const parts = [formatRanks(systems), formatIntervals(systems), formatRefusals(systems), formatAnswers(systems), formatLatencies(systems)]
  return [`## ${name}`, ...parts.filter((part) => part !== '')].join('\n\n')
}

/** Rows as a Markdown table; the first row names the columns. */
export function formatTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const toLine = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [head, head.map(() => '---'), ...rows].map(toLine).join('\n')
}

export function formatRatio(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(3)
}

function formatRanks(systems: readonly SystemReport[]): string {
  const head = ['Class', 'System', 'Questions', 'hit@1', 'hit@3', 'hit@5', '95 % of hit@5', 'hit@10', 'MRR', 'nDCG@10']
  return formatTable([head, ...toClassRows(systems, toRankRow)])
}

function toRankRow(system: string, score: ClassScore): readonly string[] {
  const { questions, hitAt1, hitAt3, hitAt5, intervals, hitAt10, meanReciprocalRank, gainAt10 } = score
  const ratios = [hitAt10, meanReciprocalRank, gainAt10].map(formatRatio)
  return [
    score.class,
    system,
    String(questions),
    ...[hitAt1, hitAt3, hitAt5].map(formatRatio),
    formatInterval(intervals.hitAt5, ' to '),
    ...ratios,
  ]
}

function formatIntervals(systems: readonly SystemReport[]): string {
  const head = ['95 % of', 'System', ...rankingMeasures.map(([, name]) => name)]
  const toRow = (system: string, score: ClassScore) => [
    score.class,
    system,
    ...rankingMeasures.map(([key]) => formatInterval(score.intervals[key], '–')),
  ]
  return formatTable([head, ...toClassRows(systems, toRow)])
}

function formatInterval({ low, high }: Interval, between: string): string {
  return `${low.toFixed(2)}${between}${high.toFixed(2)}`
}

/** A row for each class and system, class by class. */
function toClassRows(
  systems: readonly SystemReport[],
  toRow: (system: string, score: ClassScore) => readonly string[],
): readonly (readonly string[])[] {
  const names = systems[0]?.classes.map(({ class: name }) => name) ?? []
  return names.flatMap((name) =>
    systems.flatMap((system) => system.classes.filter((score) => score.class === name).map((score) => toRow(system.name, score))),
  )
}

function formatRefusals(systems: readonly SystemReport[]): string {
  const rows = systems.flatMap(({ name, refusals }) => (refusals === undefined ? [] : [toRefusalRow(name, refusals)]))
  if (rows.length === 0) return ''
  return formatTable([
    ['Refusals', 'Refused, though answered by the books', 'Not refused, though not answered', 'Of these near the topic', 'AUROC'],
    ...rows,
  ])
}

function toRefusalRow(name: string, { falseRefusals, falseAnswers, nearFalseAnswers, area }: RefusalScore): readonly string[] {
  return [name, formatShare(falseRefusals), formatShare(falseAnswers), formatShare(nearFalseAnswers), formatRatio(area)]
}

const answerRows: readonly (readonly [key: Exclude<keyof AnswerScore, 'latency'>, text: string])[] = [
  ['answered', 'Questions answered, of those that the books answer'],
  ['falseAnswers', 'Questions answered, of those that they do not'],
  ['validCitations', 'Citations whose place in the file holds the quote'],
  ['faithfulQuotes', 'Quotes that stand in the book word for word'],
  ['quotedSentences', 'Sentences that are words of their quote (quoted answers)'],
  ['supportedLiterals', 'Flags, paths, ports and image names that stand in a cited quote'],
  ['coveredSentences', 'Sentences with a citation that supports them'],
  ['matchedPatterns', 'Answers that match a pattern of a right one'],
  ['citedAnswers', 'Citations of a section that answers'],
]

function formatAnswers(systems: readonly SystemReport[]): string {
  return systems
    .flatMap(({ name, answers }) =>
      answers === undefined
        ? []
        : [formatTable([[`Answers, ${name}`, 'Share'], ...answerRows.map(([key, text]) => [text, formatShare(answers[key])])])],
    )
    .join('\n\n')
}

function formatLatencies(systems: readonly SystemReport[]): string {
  const rows = systems.flatMap(({ name, latency, answers }) => [
    toLatencyRow(`search, ${name}`, latency),
    ...(answers === undefined ? [] : [toLatencyRow(`answer, ${name}`, answers.latency)]),
  ])
  return formatTable([['Milliseconds', 'mean', 'p50', 'p95', 'max'], ...rows])
}

function toLatencyRow(name: string, { mean, p50, p95, max }: LatencySummary): readonly string[] {
  return [name, ...[mean, p50, p95, max].map((value) => value.toFixed(1))]
}

function formatShare(share: Share): string {
  const ratio = toRatio(share)
  return ratio === undefined ? '–' : `${formatRatio(ratio)} (${share.count} of ${share.of})`
}
