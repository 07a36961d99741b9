import type { EvalReport, SystemReport } from './eval-report.js'
import { formatTable } from './format-report.js'
import type { AnswerScore } from './score-answers.js'
import { rankingMeasures } from './score-rankings.js'
import { type Share, toRatio } from './share.js'

/** One number of a report. Times are not among them: they differ from run to run by themselves. */
export interface Figure {
  /** `Held-out half / + concepts / paraphrase / hit@5`. */
  readonly name: string
  readonly value: number
  readonly better: 'higher' | 'lower'
}

export interface FigureChange extends Figure {
  readonly before: number
  readonly isImprovement: boolean
}

const answerNames: Readonly<Record<Exclude<keyof AnswerScore, 'latency' | 'falseAnswers'>, string>> = {
  answered: 'answered',
  validCitations: 'citation validity',
  faithfulQuotes: 'quote fidelity',
  quotedSentences: 'quoted sentences',
  supportedLiterals: 'literal support',
  coveredSentences: 'coverage',
  matchedPatterns: 'pattern hits',
  citedAnswers: 'cited answers',
}

/** All numbers of a report that can be compared with those of another run. */
export function toFigures({ groups }: EvalReport): readonly Figure[] {
  return groups.flatMap((group) =>
    group.systems.flatMap((system) =>
      listFigures(system).map((figure) => ({ ...figure, name: [group.name, system.name, figure.name].join(' / ') })),
    ),
  )
}

/** What is not as it was: figures of both runs whose first three digits differ, in the order of the later one. */
export function compareFigures(before: readonly Pick<Figure, 'name' | 'value'>[], after: readonly Figure[]): readonly FigureChange[] {
  const earlier = new Map(before.map(({ name, value }) => [name, value]))
  return after.flatMap((figure) => {
    const was = earlier.get(figure.name)
    if (was === undefined || was.toFixed(3) === figure.value.toFixed(3)) return []
    return [{ ...figure, before: was, isImprovement: figure.value > was === (figure.better === 'higher') }]
  })
}

/** The changes as Markdown, improvements marked; `at` says when the earlier run was. */
export function formatChanges(changes: readonly FigureChange[], at: string): string {
  if (changes.length === 0) return `Nothing has changed since the last run (${at}).`
  const rows = changes.map(({ name, before, value, isImprovement }) => [
    name,
    `${before.toFixed(3)} → ${value.toFixed(3)}`,
    isImprovement ? 'better' : '**worse**',
  ])
  return [`Since the last run (${at}):`, formatTable([['Figure', 'Before → after', ''], ...rows])].join('\n\n')
}

function listFigures({ classes, refusals, answers }: SystemReport): readonly Figure[] {
  return [
    ...classes.flatMap((score) => rankingMeasures.map(([key, name]) => toHigher(`${score.class} / ${name}`, score[key]))),
    ...(refusals === undefined
      ? []
      : [
          ...toShareFigures('refusals / false refusals', refusals.falseRefusals, 'lower'),
          ...toShareFigures('refusals / false answers', refusals.falseAnswers, 'lower'),
          ...(refusals.area === undefined ? [] : [toHigher('refusals / AUROC', refusals.area)]),
        ]),
    ...(answers === undefined
      ? []
      : [
          ...toKeys(answerNames).flatMap((key) => toShareFigures(`answers / ${answerNames[key]}`, answers[key], 'higher')),
          ...toShareFigures('answers / false answers', answers.falseAnswers, 'lower'),
        ]),
  ]
}

function toHigher(name: string, value: number): Figure {
  return { name, value, better: 'higher' }
}

function toShareFigures(name: string, share: Share, better: Figure['better']): readonly Figure[] {
  const value = toRatio(share)
  return value === undefined ? [] : [{ name, value, better }]
}

// Object.keys forgets which names a closed record has.
function toKeys<Key extends string>(names: Readonly<Record<Key, string>>): readonly Key[] {
  const isKey = (name: string): name is Key => name in names
  return Object.keys(names).filter(isKey)
}
