import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { buildCli } from './built-cli.js'

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Written to standard input, which is then closed unless `keepInput` is set. */
  readonly input?: string
  readonly keepInput?: boolean
  readonly cwd?: string
  /** The command is told that these streams are a terminal of 80 columns (`all`: the input too); pipes otherwise. */
  readonly terminal?: 'all' | 'both' | 'output-only' | undefined
}

export interface CliResult {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunningCli {
  readonly child: ChildProcess
  readonly ended: Promise<CliResult>
  /** Resolves once what was printed so far matches; rejects with everything printed when the process ends before. */
  waitFor(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<RegExpMatchArray>
}

/** Nothing listens there: the port is reserved and cannot be bound by ordinary programs. */
export const closedOllama = '127.0.0.1:1'

const dataDir = join(tmpdir(), `pilotbook-cli-test-${process.pid}`)
const running = new Set<ChildProcess>()

// A test that failed may leave its command running.
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

/** Starts the built command as a process of its own, with no setting of the machine's environment and no way out of it. */
export function startCli(args: readonly string[], options: CliOptions = {}): RunningCli {
  const child = spawn(process.execPath, [...asTerminal(options.terminal), buildCli(), ...args], {
    env: createEnvironment(options),
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
  running.add(child)
  const printed = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text
    })
  }
  // A command that does not read its input may end before it is written.
  child.stdin.on('error', () => {})
  if (options.keepInput === true) child.stdin.write(options.input ?? '')
  else child.stdin.end(options.input ?? '')
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      running.delete(child)
      resolve({ code, signal, ...printed })
    })
  })
  const waitFor = (stream: 'stdout' | 'stderr', pattern: RegExp) =>
    new Promise<RegExpMatchArray>((resolve, reject) => {
      const look = () => {
        const found = printed[stream].match(pattern)
        if (found !== null) resolve(found)
      }
      child[stream].on('data', look)
      look()
      void ended.then(() => reject(new Error(`It ended without ${pattern}:\n${printed.stdout}\n${printed.stderr}`)))
    })
  return { child, ended, waitFor }
}

/** Runs the built command to its end. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return startCli(args, options).ended
}

function createEnvironment({ env, terminal }: CliOptions): NodeJS.ProcessEnv {
  const { PATH = '', SystemRoot, TEMP, TMPDIR } = process.env
  const system = { PATH, ...(SystemRoot ? { SystemRoot } : {}), ...(TEMP ? { TEMP } : {}), ...(TMPDIR ? { TMPDIR } : {}) }
  const ours = { PILOTBOOK_OFFLINE: '1', OLLAMA_HOST: closedOllama, PILOTBOOK_DATA_DIR: dataDir }
  return { ...system, ...ours, ...(terminal === undefined ? {} : { TERM: 'xterm-256color' }), ...env }
}

function asTerminal(terminal: CliOptions['terminal']): readonly string[] {
  if (terminal === undefined) return []
  const streams = terminal === 'output-only' ? ['stdout'] : ['stdout', 'stderr']
  const input = terminal === 'all' ? 'process.stdin.isTTY = true; ' : ''
  const script = input + streams.map((name) => `process.${name}.isTTY = true; process.${name}.columns = 80;`).join(' ')
  return ['--import', `data:text/javascript,${encodeURIComponent(script)}`]
}
