import { createBookFolder } from '../../adapters/book-files/create-book-folder.js'
import type { Config } from '../../app/config/config.js'
import { createPilotbook } from '../../app/create-pilotbook.js'
import type { AskRequest, Pilotbook } from '../../app/pilotbook.js'
import { runIngest } from '../../app/run-ingest.js'
import { AppError } from '../../core/errors/app-error.js'
import { type EvalReport, toRankingReport, toSystemReport } from '../../evaluation/eval-report.js'
import { type Evaluation, evaluate, listNotices, narrowEvaluation } from '../../evaluation/evaluate.js'
import { findUnknownPhrases } from '../../evaluation/find-unknown-phrases.js'
import { findUnknownSections } from '../../evaluation/find-unknown-sections.js'
import { type GoldenQuestion, isHeldOut, loadGoldenQuestions } from '../../evaluation/golden-questions.js'
import { openLibrary } from '../../library/open-library.js'
import { type ClassMisses, type Comparison, compareSystems, countMisses } from './compare-systems.js'
import type { EvalSettings } from './eval-settings.js'
import { runRivals, type SystemRun } from './run-rivals.js'
import { addStrictRow, tellStrictParaphrases } from './strict-paraphrases.js'

/** What stands beside a group's figures: our systems against the rivals. */
export interface GroupComparison {
  readonly name: string
  readonly comparisons: readonly Comparison[]
  readonly misses: readonly ClassMisses[]
  readonly rivals: readonly string[]
}

export interface RivalReport extends EvalReport {
  readonly beside: readonly GroupComparison[]
}

interface OwnSystem {
  readonly name: string
  readonly without?: NonNullable<AskRequest['without']>
  readonly answers?: boolean
}

interface OwnRun {
  readonly name: string
  readonly evaluation: Evaluation
}

/** The system that the aims are about: neither the book's `asks` nor the embedding model. */
export const judgedSystem = '+ concepts'

const ownSystems: readonly OwnSystem[] = [
  { name: 'plain', without: ['concepts', 'asks'] },
  { name: judgedSystem, without: ['asks'] },
  { name: '+ asks', without: ['concepts'] },
  { name: '+ both', answers: true },
]
const besideTheModel: readonly OwnSystem[] = [{ name: '+ both, words alone', without: ['meaning'] }]

/** Ingests the corpus into the index folder of `config`, then asks our systems and the rivals every question. */
export async function runEval(settings: EvalSettings, config: Config): Promise<RivalReport> {
  const questions = await loadGoldenQuestions(settings.questions)
  const embedder = await ingest(settings, config)
  const pilotbook = createPilotbook(config, { mode: 'command' })
  try {
    const about = [
      ...tellStrictParaphrases(questions),
      ...(await findUnknownSections(questions, pilotbook)),
      ...(await findUnknownPhrases(questions, pilotbook)),
    ]
    const own: OwnRun[] = []
    for (const system of settings.withModel ? [...ownSystems, ...besideTheModel] : ownSystems) {
      own.push({ name: system.name, evaluation: await runOwn(questions, pilotbook, { system, config }) })
    }
    const { rivals, passages } = await askRivals(questions, config)
    const notices = [...new Set([...about, ...own.flatMap(({ evaluation }) => listNotices(evaluation))])]
    const facts = { at: new Date().toISOString(), questions: settings.questions, corpus: settings.corpus, passages, embedder, notices }
    const aiModel = own.flatMap(({ evaluation }) => evaluation.answers)[0]?.aiModel
    const groups = splitGroups(settings).map(([name, accepts]) => toGroup(name, accepts, { own, rivals }))
    return {
      ...facts,
      ...(aiModel === undefined ? {} : { aiModel }),
      groups: groups.map(({ group }) => group),
      beside: groups.map(({ beside }) => beside),
    }
  } finally {
    await pilotbook.close()
  }
}

// A model that was asked for and cannot be had is no measurement of words alone.
async function ingest({ withModel }: EvalSettings, config: Config): Promise<string> {
  console.error(`Ingesting ${config.corpusDir}`)
  const { embedder, notices } = await runIngest(config)
  if (!withModel) return 'none (word search)'
  if (embedder === null) {
    for (const { text } of notices) console.error(text)
    throw new AppError('EMBEDDING_MODEL_MISSING')
  }
  return `${embedder}, ${config.modelDir === undefined ? 'as fetched from the hub' : `from ${config.modelDir}`}`
}

async function runOwn(
  questions: readonly GoldenQuestion[],
  pilotbook: Pilotbook,
  { system, config }: { readonly system: OwnSystem; readonly config: Config },
): Promise<Evaluation> {
  console.error(`Asking ${questions.length} questions: ${system.name}`)
  const { without, answers = false } = system
  const parts = { pilotbook, source: createBookFolder(config.corpusDir) }
  return evaluate(questions, parts, { answers, ...(without === undefined ? {} : { without }) })
}

async function askRivals(questions: readonly GoldenQuestion[], config: Config) {
  console.error('Asking the rivals')
  const library = await openLibrary(config.indexDir)
  try {
    return { rivals: runRivals(questions, library), passages: library.passageCount }
  } finally {
    await library.close()
  }
}

function splitGroups({ halves }: EvalSettings): readonly (readonly [name: string, accepts: (question: GoldenQuestion) => boolean])[] {
  if (!halves) return [['All questions', () => true]]
  return [
    ['Tuning half', (question) => !isHeldOut(question)],
    ['Held-out half', isHeldOut],
  ]
}

function toGroup(
  name: string,
  accepts: (question: GoldenQuestion) => boolean,
  { own, rivals }: { readonly own: readonly OwnRun[]; readonly rivals: readonly SystemRun[] },
) {
  const ours = own.map((run) => ({ name: run.name, evaluation: narrowEvaluation(run.evaluation, accepts) }))
  const theirs = rivals.map((run) => ({ name: run.name, searches: run.searches.filter(({ question }) => accepts(question)) }))
  const oursRanked = ours.map(({ name: system, evaluation }) => ({ name: system, searches: evaluation.searches }))
  const systems = [
    ...ours.map((run) => addStrictRow(toSystemReport(run.name, run.evaluation), run.evaluation.searches)),
    ...theirs.map((run) => addStrictRow(toRankingReport(run.name, run.searches), run.searches)),
  ]
  const beside: GroupComparison = {
    name,
    comparisons: compareSystems(oursRanked, theirs),
    misses: countMisses([...oursRanked, ...theirs]),
    rivals: rivals.map((rival) => rival.name),
  }
  return { group: { name, systems }, beside }
}
