// Plain Node, no dependency: it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))
const entry = join(root, 'dist', 'cli', 'start-process.js')
const installStamp = join(root, 'node_modules', '.pilotbook-install')
const buildStamp = join(root, 'dist', '.pilotbook-build')
const oldestNode = [20, 19]

/** Installs and builds what is missing or out of date, telling so on standard error. Returns the built command's path. */
export async function prepare() {
  checkNode()
  // A package from a registry brings its build and has no sources to build from.
  if (!existsSync(join(root, 'tsconfig.json'))) return entry
  install()
  build()
  return entry
}

/** Installs the dependencies of the lock file, unless they are those of the last install. */
export function install() {
  const wanted = hash(['package-lock.json', '.npmrc'])
  if (readStamp(installStamp) === wanted) return
  tell('Installing dependencies (once) …')
  // Without --include=dev a NODE_ENV of "production" would leave out the compiler.
  npm(['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(installStamp, wanted)
}

/** Compiles src to dist and copies the page, unless dist was made from the same sources. */
export function build() {
  const wanted = hash([...listFiles(join(root, 'src')), 'tsconfig.json', 'package-lock.json'])
  if (readStamp(buildStamp) === wanted && existsSync(entry)) return
  tell('Building …')
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'tsconfig.json')])
  const page = join(root, 'src', 'web', 'page')
  if (existsSync(page)) cpSync(page, join(root, 'dist', 'web', 'page'), { recursive: true })
  const concepts = join(root, 'dist', 'docker-knowledge')
  if (existsSync(concepts)) run(process.execPath, [join(root, 'src', 'setup', 'compile-concepts.mjs'), concepts])
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(buildStamp, wanted)
}

/** Runs a program of node_modules (its package and the file in it) with our Node; ends this process when it fails. */
export function runTool(packageFile, args, options = {}) {
  run(process.execPath, [join(root, 'node_modules', packageFile), ...args], options)
}

function run(command, args, options = {}) {
  const { status, error, signal } = spawnSync(command, args, { cwd: root, stdio: ['inherit', 'inherit', 'inherit'], ...options })
  if (error) fail(`${command} could not be started: ${error.message}`)
  if (status !== 0) process.exit(status ?? (signal ? 130 : 1))
}

function npm(args) {
  // npm is a script on Windows and needs its shell; the arguments are ours and hold no spaces. Its output goes to standard
  // error, so that the result of a command that had to install first stays clean.
  const { status, error } = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (error) fail(`npm could not be started: ${error.message}. Install Node.js with npm.`)
  if (status !== 0)
    fail(`npm ${args[0]} failed (exit code ${status}); see its message above. Check the network connection and run it again.`)
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  fail(`Pilotbook needs Node.js ${oldestNode.join('.')} or later; this is ${process.versions.node}. Get it from nodejs.org.`)
}

function hash(paths) {
  const sum = createHash('sha256').update(process.versions.modules)
  for (const path of [...paths].sort()) {
    const file = join(root, path)
    sum.update(`${path}\n`)
    if (existsSync(file)) sum.update(readFileSync(file))
  }
  return sum.digest('hex')
}

function listFiles(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? listFiles(path) : [relative(root, path)]
  })
}

function readStamp(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

function tell(text) {
  process.stderr.write(`${text}\n`)
}

function fail(text) {
  process.stderr.write(`Error: ${text}\n`)
  process.exit(1)
}
