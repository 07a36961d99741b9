import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../../app/config/config.js'
import { loadConfig } from '../../app/config/load-config.js'
import { toAppError } from '../../core/errors/app-error.js'
import { type FigureChange, formatChanges } from '../../evaluation/compare-figures.js'
import { compareWithRun, readStoredRun, storeRun, toRunPath } from '../../evaluation/stored-runs.js'
import { type EvalSettings, parseEvalSettings } from './eval-settings.js'
import { formatRivalReport } from './format-rivals.js'
import { type RivalReport, runEval } from './run-eval.js'

// `npm run eval`: golden questions asked of our four ways to search and of rivals over the same passages. It fails on a crash, never on a figure.
const folder = await mkdtemp(join(tmpdir(), 'pilotbook-eval-'))
try {
  const settings = parseEvalSettings(process.argv.slice(2))
  const runPath = findRunPath(settings)
  const report = await runEval(settings, toConfig(settings))
  console.log(formatRivalReport(report))
  const last = await readStoredRun(runPath)
  if (last.kind === 'unreadable') console.error(`The last run in ${last.path} cannot be read; nothing is compared.`)
  if (last.kind === 'read') console.log(`\n${formatChanges(pickChanges(report, compareWithRun(last.run, report)), last.run.at)}`)
  await storeRun(runPath, report)
  console.error(`This run is kept in ${runPath} to compare the next one with.`)
  if (settings.jsonPath !== undefined) await writeFile(settings.jsonPath, `${JSON.stringify(report, undefined, 2)}\n`)
} catch (thrown) {
  const { message, remedy, code, exitCode } = toAppError(thrown)
  console.error(`Error: ${message}\n  → ${remedy} (${code})`)
  process.exitCode = exitCode
} finally {
  await rm(folder, { recursive: true, force: true })
}

// Without the model nothing of the machine takes part, so that the figures are the same everywhere: no model folder, no chat model.
function toConfig({ corpus, withModel }: EvalSettings): Config {
  const own = { PILOTBOOK_OFFLINE: '1', PILOTBOOK_DATA_DIR: join(folder, 'data') }
  const environment = { ...(withModel ? process.env : own), OLLAMA_HOST: 'http://127.0.0.1:1' }
  return loadConfig({ corpus, index: join(folder, 'index') }, environment)
}

// Hundreds of figures move with one page of a book: printed are ours, within a class by hit@5 alone. The stored run has them all.
function pickChanges({ beside }: RivalReport, changes: readonly FigureChange[]): readonly FigureChange[] {
  const rivals = new Set(beside.flatMap((group) => group.rivals))
  return changes.filter(({ name }) => {
    const [, system = '', kind = '', figure] = name.split(' / ')
    return !rivals.has(system) && (figure === 'hit@5' || ['all', 'refusals', 'answers'].includes(kind))
  })
}

function findRunPath({ corpus, questions, halves, withModel }: EvalSettings): string {
  const { dataDir } = loadConfig()
  if (!halves) return toRunPath(dataDir, { questions: `${questions}${withModel ? ' with the model' : ''}`, corpus })
  return join(dataDir, 'eval', withModel ? 'last-with-model.json' : 'last.json')
}
