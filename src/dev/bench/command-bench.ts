import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../../app/config/load-config.js'
import { getBenchModelFolder } from './bench-model-folder.js'
import { type BenchRow, formatBenchRows, measureMs, toMedian } from './bench-row.js'
import { makeBenchCorpus } from './make-bench-corpus.js'

const entry = join(packageRoot, 'dist', 'cli', 'start-process.js')
const question = 'How do I keep my data when the container is removed?'
const rounds = 9
const megabyte = 1_000_000

/** Whole processes: cold questions above a bare node, ingest speed, re-ingest, start of the service. */
export async function commandBench(): Promise<readonly BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pilotbook-bench-'))
  try {
    const words = hermetic(folder, {})
    const vectors = hermetic(folder, { PILOTBOOK_MODEL_DIR: await getBenchModelFolder('q8') })
    const handbook = join(packageRoot, 'corpus')
    const cold = await coldRows('without the model', { corpus: handbook, index: join(folder, 'words'), env: words }, 150)
    const coldVectors = await coldRows('with the model', { corpus: handbook, index: join(folder, 'vectors'), env: vectors }, 350)
    return [...cold, ...coldVectors, ...(await ingestRows(folder, words)), await serveRow(join(folder, 'words'), words)]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Environment = NodeJS.ProcessEnv

interface Setting {
  readonly corpus: string
  readonly index: string
  readonly env: Environment
}

function hermetic(folder: string, more: Environment): Environment {
  // Port 1 is closed: the question is answered by quotes, after finding that no Ollama is there.
  return { PATH: process.env.PATH, PILOTBOOK_OFFLINE: '1', PILOTBOOK_DATA_DIR: join(folder, 'data'), OLLAMA_HOST: '127.0.0.1:1', ...more }
}

async function coldRows(name: string, setting: Setting, aimMs: number): Promise<readonly BenchRow[]> {
  const flags = ['--corpus', setting.corpus, '--index', setting.index, '-q']
  await run([entry, 'ingest', ...flags], setting.env)
  const times = { bare: [] as number[], search: [] as number[], ask: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    times.bare.push(await measureMs(() => run(['-e', '0'], setting.env)))
    times.search.push(await measureMs(() => run([entry, 'search', ...flags, question], setting.env)))
    times.ask.push(await measureMs(() => run([entry, 'ask', ...flags, question], setting.env)))
  }
  const bare = toMedian(times.bare)
  return (['search', 'ask'] as const).map((command) => {
    const above = toMedian(times[command]) - bare
    return {
      what: `Cold \`${command}\`, ${name}`,
      figure: `${above.toFixed(0)} ms above a bare node`,
      beside: `node -e 0: ${bare.toFixed(0)} ms`,
      aim: `≤ ${aimMs} ms above`,
      met: above <= aimMs,
    }
  })
}

async function ingestRows(folder: string, env: Environment): Promise<readonly BenchRow[]> {
  const corpus = join(folder, 'corpus')
  const bytes = await makeBenchCorpus(corpus, 12 * megabyte)
  const ingest = () => run([entry, 'ingest', '--corpus', corpus, '--index', join(folder, 'index'), '-q'], env)
  const first = await measureMs(ingest)
  const again = await measureMs(ingest)
  const speed = bytes / megabyte / (first / 1000)
  const size = `${(bytes / megabyte).toFixed(1)} MB of Markdown`
  return [
    {
      what: 'Ingest without the model',
      figure: `${speed.toFixed(1)} MB/s`,
      beside: `${size} in ${(first / 1000).toFixed(1)} s, whole process`,
      aim: '≥ 2 MB/s',
      met: speed >= 2,
    },
    {
      what: 'Ingest of the same again',
      figure: `${again.toFixed(0)} ms`,
      beside: `first time: ${first.toFixed(0)} ms`,
      aim: '< 1 s',
      met: again < 1000,
    },
  ]
}

async function serveRow(index: string, env: Environment): Promise<BenchRow> {
  const args = [entry, 'serve', '--corpus', join(packageRoot, 'corpus'), '--index', index, '--port', '0']
  const times: number[] = []
  for (let round = 0; round < 5; round++) times.push(await measureMs(() => run(args, env, /ready at/)))
  const ms = toMedian(times)
  return {
    what: 'Start of the service with an index',
    figure: `${ms.toFixed(0)} ms`,
    beside: 'whole process, until it tells its address',
    aim: '< 1 s',
    met: ms < 1000,
  }
}

/** Runs node to its end, or until its output matches `until`; then it is told to stop. */
function run(args: readonly string[], env: Environment, until?: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const take = (chunk: Buffer) => {
      output += chunk.toString()
      if (until?.test(output) === true) {
        child.kill('SIGTERM')
        resolve()
      }
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`node ${args.join(' ')} ended with ${code}: ${output}`))))
  })
}

if (process.argv[1]?.endsWith('command-bench.ts') === true) console.log(formatBenchRows(await commandBench()))
