import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const builds = join(root, '.pilotbook', 'test-build')
const keptMs = 60 * 60 * 1000

/**
 * Path of the command's entry, compiled from the sources as they are now: tests never run a stale `dist`, nor disturb it. Built once
 * per state of the sources and shared by all test processes; the folder lies in the clone so that its packages are found.
 */
export function buildCli(): string {
  const target = join(builds, hashSources())
  if (!existsSync(target)) compileTo(target)
  return join(target, 'dist', 'cli', 'start-process.js')
}

// The package's root is three folders above dist/app/config, so what the command reads from there is copied beside dist.
function compileTo(target: string): void {
  mkdirSync(builds, { recursive: true })
  removeOldBuilds()
  const draft = mkdtempSync(`${target}-`)
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', root, '--outDir', join(draft, 'dist')], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The sources do not compile:\n${stdout}`)
  const concepts = spawnSync(
    process.execPath,
    [join(root, 'src', 'setup', 'compile-concepts.mjs'), join(draft, 'dist', 'docker-knowledge')],
    {
      encoding: 'utf8',
    },
  )
  if (concepts.status !== 0) throw new Error(`The concepts do not compile:\n${concepts.stderr}`)
  cpSync(join(root, 'src', 'web', 'page'), join(draft, 'dist', 'web', 'page'), { recursive: true })
  cpSync(join(root, 'prompts'), join(draft, 'prompts'), { recursive: true })
  cpSync(join(root, 'package.json'), join(draft, 'package.json'))
  try {
    renameSync(draft, target)
  } catch (error) {
    // Another test process was faster; its build is the same.
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
}

function removeOldBuilds(): void {
  for (const name of readdirSync(builds)) {
    const path = join(builds, name)
    if (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > keptMs) rmSync(path, { recursive: true, force: true })
  }
}

function hashSources(): string {
  const sum = createHash('sha256').update('compiled concepts\n')
  const files = [
    ...listFiles(join(root, 'src')),
    ...listFiles(join(root, 'prompts')),
    join(root, 'tsconfig.json'),
    join(root, 'package.json'),
  ]
  for (const path of files.sort()) sum.update(`${relative(root, path)}\n`).update(readFileSync(path))
  return sum.digest('hex').slice(0, 16)
}

function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
