import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import MiniSearch from 'minisearch'
import { retrievePassages } from '../../answer/retrieve-passages/retrieve-passages.js'
import { loadConfig, packageRoot } from '../../app/config/load-config.js'
import { runIngest } from '../../app/run-ingest.js'
import { loadGoldenQuestions, toAskedText } from '../../evaluation/golden-questions.js'
import type { Library } from '../../library/library.js'
import { openLibrary } from '../../library/open-library.js'
import { type BenchRow, formatBenchRows, measureMs, toMedian } from './bench-row.js'
import { makeProseCorpus } from './make-prose-corpus.js'

const passagesAsked = 6
const rounds = 3
/** MiniSearch needs half a second a question in the large library. */
const rivalQuestions = 60

/** A section makes about one and a quarter passages. */
const cases = [
  { sections: 4000, meanAim: 3, p95Aim: 8, loadAim: 60 },
  { sections: 80_000, meanAim: 25 },
] as const

/** Time per search by words in this process, and to open the index, beside MiniSearch over the same passages and questions. */
export async function searchBench(): Promise<readonly BenchRow[]> {
  const questions = (await loadGoldenQuestions(join(packageRoot, 'test', 'golden', 'questions'))).map(toAskedText)
  const rows: BenchRow[] = []
  for (const one of cases) {
    const folder = await mkdtemp(join(tmpdir(), 'pilotbook-search-bench-'))
    try {
      await makeProseCorpus(join(folder, 'corpus'), one.sections)
      rows.push(...(await runCase(one, folder, questions)))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return rows
}

async function runCase(one: (typeof cases)[number], folder: string, questions: readonly string[]): Promise<readonly BenchRow[]> {
  const environment = { PILOTBOOK_OFFLINE: '1', PILOTBOOK_DATA_DIR: join(folder, 'data') }
  const config = loadConfig({ corpus: join(folder, 'corpus'), index: join(folder, 'index') }, environment)
  await runIngest(config)
  const loads: number[] = []
  for (let round = 0; round < rounds; round++) loads.push(await measureMs(async () => (await openLibrary(config.indexDir)).close()))
  const library = await openLibrary(config.indexDir)
  try {
    const own = await measureEach(questions, (text) => retrievePassages({ text, k: passagesAsked }, { library }))
    const { rival, buildMs } = await buildRival(library)
    const theirs = await measureEach(questions.slice(0, rivalQuestions), (text) => rival.search(text, { boost: { heading: 2 } }))
    const passages = `${library.passageCount} passages`
    return [toSearchRow(one, { passages, own, theirs }), toLoadRow(one, { passages, loadMs: toMedian(loads), buildMs })]
  } finally {
    await library.close()
  }
}

/** Milliseconds of every question in the last of three rounds: the first ones warm the code up, as a running service is. */
async function measureEach(questions: readonly string[], search: (question: string) => unknown): Promise<readonly number[]> {
  let times: number[] = []
  for (let round = 0; round < rounds; round++) {
    times = []
    for (const question of questions) times.push(await measureMs(() => search(question)))
  }
  return times.sort((one, other) => one - other)
}

async function buildRival(library: Library) {
  const rival = new MiniSearch<{ id: number; heading: string; body: string }>({ fields: ['heading', 'body'] })
  const buildMs = await measureMs(() => {
    for (let id = 0; id < library.passageCount; id++) {
      rival.add({ id, heading: library.sectionOf(id).section.headingPath.join('\n'), body: library.cleanTextOf(id) })
    }
  })
  return { rival, buildMs }
}

type Measured = { readonly passages: string; readonly own: readonly number[]; readonly theirs: readonly number[] }

function toSearchRow(one: (typeof cases)[number], { passages, own, theirs }: Measured): BenchRow {
  const p95Aim = 'p95Aim' in one ? one.p95Aim : undefined
  return {
    what: `Search by words, ${passages}`,
    figure: describeTimes(own),
    beside: `MiniSearch: ${describeTimes(theirs)}`,
    aim: `mean ≤ ${one.meanAim} ms${p95Aim === undefined ? '' : `, p95 ≤ ${p95Aim} ms`}`,
    met: toMean(own) <= one.meanAim && (p95Aim === undefined || toP95(own) <= p95Aim),
  }
}

function toLoadRow(
  one: (typeof cases)[number],
  { passages, loadMs, buildMs }: { passages: string; loadMs: number; buildMs: number },
): BenchRow {
  const loadAim = 'loadAim' in one ? one.loadAim : undefined
  return {
    what: `Opening the index, ${passages}`,
    figure: `${loadMs.toFixed(0)} ms`,
    beside: `MiniSearch builds its index in ${buildMs.toFixed(0)} ms`,
    aim: loadAim === undefined ? 'reported only' : `≤ ${loadAim} ms`,
    ...(loadAim === undefined ? {} : { met: loadMs <= loadAim }),
  }
}

function describeTimes(times: readonly number[]): string {
  return `mean ${toMean(times).toFixed(2)} ms, p95 ${toP95(times).toFixed(2)} ms`
}

function toMean(times: readonly number[]): number {
  return times.reduce((sum, time) => sum + time, 0) / times.length
}

function toP95(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(formatBenchRows(await searchBench()))
