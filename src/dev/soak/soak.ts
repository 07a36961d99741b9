import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../../app/config/load-config.js'
import { openLibrary } from '../../library/open-library.js'
import { makeBenchCorpus } from '../bench/make-bench-corpus.js'

// `npm run soak [-- KILLS]`: an ingest is killed at random moments; the index must always open whole, and the run after it must leave
// no remains. Kills only processes that it started.
const entry = join(packageRoot, 'dist', 'cli', 'start-process.js')
const kills = Number(process.argv[2] ?? 100)
const folder = await mkdtemp(join(tmpdir(), 'pilotbook-soak-'))
const corpus = join(folder, 'corpus')
const index = join(folder, 'index')
const env = { PATH: process.env.PATH, PILOTBOOK_OFFLINE: '1', PILOTBOOK_DATA_DIR: join(folder, 'data'), OLLAMA_HOST: '127.0.0.1:1' }
const fewestBooks = 3
let failed = 0

try {
  await makeBenchCorpus(corpus, 1_500_000)
  await ended(ingest())
  for (let kill = 1; kill <= kills; kill++) await killOnce(kill)
  await ended(ingest())
  await checkNoRemains()
} finally {
  await rm(folder, { recursive: true, force: true })
}
console.log(`${kills + 1 - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function ingest(): ChildProcess {
  return spawn(process.execPath, [entry, 'ingest', '--corpus', corpus, '--index', index, '-q'], { env, stdio: 'ignore' })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => void child.once('exit', () => resolve()))
}

async function killOnce(kill: number): Promise<void> {
  await writeFile(
    join(corpus, 'changing.md'),
    `# Changing\n\nThe container number ${kill} is started, and the volume number ${kill} is kept.\n`,
  )
  const child = ingest()
  const done = ended(child)
  const timer = setTimeout(() => child.kill('SIGKILL'), Math.random() * 900)
  await done
  clearTimeout(timer)
  await expectWhole(kill)
}

async function expectWhole(kill: number): Promise<void> {
  try {
    const library = await openLibrary(index)
    try {
      await library.verify()
      if (library.books.length < fewestBooks) throw new Error(`${library.books.length} books are left`)
    } finally {
      await library.close()
    }
  } catch (error) {
    failed++
    console.error(`After kill ${kill} the index is broken: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function checkNoRemains(): Promise<void> {
  const names = (await readdir(index)).filter((name) => name !== 'current.json' && name !== 'readers')
  if (names.length === 1) return
  failed++
  console.error(`The index folder holds remains: ${names.join(', ')}`)
}
