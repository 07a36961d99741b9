import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig, packageRoot } from '../../app/config/load-config.js'
import { createPilotbook } from '../../app/create-pilotbook.js'
import type { SearchResult } from '../../app/pilotbook.js'
import { runIngest } from '../../app/run-ingest.js'
import { type GoldenQuestion, isHeldOut, loadGoldenQuestions } from './golden-questions.js'
import { areaUnderCurve, type QuestionRank, scoreRankings } from './score-rankings.js'

// `npm run eval`: the golden questions over the handbook, searched by words alone; both halves, so that a change can be seen.
interface Found {
  readonly question: GoldenQuestion
  readonly result: SearchResult
}

const folder = await mkdtemp(join(tmpdir(), 'pilotbook-eval-'))
try {
  const questions = await loadGoldenQuestions(join(packageRoot, 'test', 'golden', 'questions'))
  const found = await searchAll(questions)
  for (const [name, half] of [
    ['Tuning half', found.filter(({ question }) => !isHeldOut(question))],
    ['Held-out half', found.filter(({ question }) => isHeldOut(question))],
  ] as const) {
    console.log(`## ${name}\n\n${describeRanks(half)}\n\n${describeRefusals(half)}\n`)
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function searchAll(questions: readonly GoldenQuestion[]): Promise<readonly Found[]> {
  const environment = { PILOTBOOK_OFFLINE: '1', PILOTBOOK_DATA_DIR: join(folder, 'data') }
  const config = loadConfig({ corpus: join(packageRoot, 'corpus'), index: join(folder, 'index') }, environment)
  await runIngest(config)
  const pilotbook = createPilotbook(config, { mode: 'command' })
  try {
    const found: Found[] = []
    for (const question of questions) {
      found.push({ question, result: await pilotbook.search({ question: question.standalone ?? question.question, k: 10 }) })
    }
    return found
  } finally {
    await pilotbook.close()
  }
}

function describeRanks(found: readonly Found[]): string {
  const ranks = found.filter(({ question }) => question.sections.length > 0).map(toRank)
  const classes = [...new Set(ranks.map((rank) => rank.class))].sort()
  const rows = [...classes.map((name) => [name, ranks.filter((rank) => rank.class === name)] as const), ['all', ranks] as const]
  const lines = rows.map(([name, own]) => {
    const { questions, hitAt1, hitAt3, hitAt5, hitAt10, meanReciprocalRank } = scoreRankings(own)
    return `| ${name} | ${questions} | ${[hitAt1, hitAt3, hitAt5, hitAt10, meanReciprocalRank].map((value) => value.toFixed(2)).join(' | ')} |`
  })
  return ['| Class | Questions | hit@1 | hit@3 | hit@5 | hit@10 | MRR |', '| --- | --- | --- | --- | --- | --- | --- |', ...lines].join(
    '\n',
  )
}

function toRank({ question, result }: Found): QuestionRank {
  const position = result.passages.findIndex(({ file, headingPath }) =>
    question.sections.some((section) => section.file === file && section.title === headingPath.at(-1)),
  )
  return { id: question.id, class: question.class, rank: position < 0 ? undefined : position + 1 }
}

function describeRefusals(found: readonly Found[]): string {
  const inScope = found.filter(({ question }) => question.sections.length > 0).map(({ result }) => result)
  const outside = found.filter(({ question }) => question.class === 'unanswerable').map(({ result }) => result)
  const refused = (results: readonly SearchResult[]) => results.filter(({ answerable }) => !answerable).length
  const area = areaUnderCurve(
    inScope.map(({ confidence }) => confidence),
    outside.map(({ confidence }) => confidence),
  )
  const falsely = `falsely refused ${refused(inScope)} of ${inScope.length}`
  return `Refusals: ${falsely}; rightly refused ${refused(outside)} of ${outside.length}; AUROC of the confidence ${area.toFixed(2)}.`
}
