import { resolve } from 'node:path'
import { createBookFolder } from '../../adapters/book-files/create-book-folder.js'
import { createPilotbook } from '../../app/create-pilotbook.js'
import type { Pilotbook } from '../../app/pilotbook.js'
import { formatChanges } from '../../evaluation/compare-figures.js'
import { type EvalReport, toSystemReport } from '../../evaluation/eval-report.js'
import { type EvaluateProgress, evaluate, listNotices } from '../../evaluation/evaluate.js'
import { findUnknownPhrases } from '../../evaluation/find-unknown-phrases.js'
import { findUnknownSections } from '../../evaluation/find-unknown-sections.js'
import { formatReport } from '../../evaluation/format-report.js'
import { type GoldenQuestion, loadGoldenQuestions } from '../../evaluation/golden-questions.js'
import { compareWithRun, readStoredRun, storeRun, toRunPath } from '../../evaluation/stored-runs.js'
import type { CommandContext } from '../command-context.js'
import { findOwnQuestions } from '../find-own-questions.js'
import { ingestFirst } from '../ingest-first.js'
import { toPrintable } from '../to-printable.js'

export interface EvalFlags {
  readonly json?: boolean
  readonly answers?: boolean
}

/**
 * Asks the books the questions of a file, or of every JSON file of a folder, and prints how many find their passage, what is refused
 * and, with `answers`, what the answers get right; then what changed since the last run. Returns 0, however good or bad the figures are.
 */
export async function evalCommand(path: string | undefined, flags: EvalFlags, context: CommandContext): Promise<number> {
  const { terminal, config } = context
  const questionsPath = resolve(path ?? findOwnQuestions(config.corpusDir))
  const questions = await loadGoldenQuestions(questionsPath)
  await ingestFirst(context)
  const pilotbook = createPilotbook(config, { mode: 'command' })
  try {
    const report = await measure({ questions, questionsPath, answers: flags.answers === true }, pilotbook, context)
    const keptAt = toRunPath(config.dataDir, report)
    const difference = await keepRun(report, keptAt, context)
    if (flags.json === true) terminal.print(JSON.stringify({ ...report, keptAt, ...(difference === undefined ? {} : { difference }) }))
    else {
      const changed = difference === undefined ? [] : [formatChanges(difference.changes, difference.since)]
      terminal.print(
        toPrintable([formatReport(report), ...changed, `This run is kept in ${keptAt} to compare the next one with.`].join('\n\n')),
      )
    }
    return 0
  } finally {
    await pilotbook.close()
  }
}

interface Asked {
  readonly questions: readonly GoldenQuestion[]
  readonly questionsPath: string
  readonly answers: boolean
}

async function measure({ questions, questionsPath, answers }: Asked, pilotbook: Pilotbook, context: CommandContext): Promise<EvalReport> {
  const { config, terminal, signal } = context
  const unknown = [...(await findUnknownSections(questions, pilotbook)), ...(await findUnknownPhrases(questions, pilotbook))]
  const onProgress = ({ step, done, total }: EvaluateProgress) =>
    terminal.progress(`${step === 'search' ? 'Searching' : 'Answering'} ${done} of ${total} questions`)
  const evaluation = await evaluate(questions, { pilotbook, source: createBookFolder(config.corpusDir) }, { answers, signal, onProgress })
  terminal.clearProgress()
  const books = await pilotbook.books()
  const [embedder] = (await pilotbook.status({ signal })).filter(({ part }) => part === 'embedder')
  const aiModel = evaluation.answers[0]?.aiModel
  return {
    at: new Date().toISOString(),
    questions: questionsPath,
    corpus: config.corpusDir,
    passages: books.reduce((sum, { passages }) => sum + passages, 0),
    embedder: embedder?.state === 'ok' ? embedder.text : 'none (word search)',
    ...(aiModel === undefined ? {} : { aiModel }),
    groups: [{ name: 'All questions', systems: [toSystemReport('Pilotbook', evaluation)] }],
    notices: [...unknown, ...listNotices(evaluation)],
  }
}

/** Stores the run and tells what changed since the last one over the same questions and books; undefined when it is the first. */
async function keepRun(report: EvalReport, path: string, { terminal }: CommandContext) {
  const last = await readStoredRun(path)
  await storeRun(path, report)
  if (last.kind === 'unreadable') terminal.notice({ text: `The last run in ${last.path} cannot be read; nothing is compared.` })
  return last.kind === 'read' ? { since: last.run.at, changes: compareWithRun(last.run, report) } : undefined
}
