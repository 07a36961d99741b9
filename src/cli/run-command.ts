import { type ConfigFlags, loadConfig } from '../app/config/load-config.js'
import { AppError, toAppError } from '../core/errors/app-error.js'
import type { CommandContext } from './command-context.js'
import { createTerminal, type Terminal } from './terminal.js'

/** Flags of every command. */
export interface CommonFlags extends ConfigFlags {
  readonly json?: boolean
  readonly timeout?: string
  readonly quiet?: boolean
  readonly color?: boolean
}

/** Runs a command with settings, terminal and a signal that fires on Ctrl-C and at the time limit. Returns its exit code; tells what failed. */
export async function run(flags: CommonFlags, command: (context: CommandContext) => Promise<number>): Promise<number> {
  const terminal = createTerminal({ color: flags.color !== false, quiet: flags.quiet === true })
  const cancel = new AbortController()
  const stop = listenForInterrupts(cancel)
  let timer: NodeJS.Timeout | undefined
  try {
    const seconds = parseTimeout(flags.timeout)
    if (seconds !== undefined) {
      timer = setTimeout(() => cancel.abort(new AppError('TIMEOUT', { what: 'The command', seconds })), seconds * 1000)
    }
    return await command({ config: loadConfig(flags), terminal, signal: cancel.signal })
  } catch (thrown) {
    const error = toAppError(cancel.signal.aborted ? cancel.signal.reason : thrown)
    tell(error, { terminal, asJson: flags.json === true })
    return error.exitCode
  } finally {
    clearTimeout(timer)
    stop()
  }
}

function tell(error: AppError, { terminal, asJson }: { readonly terminal: Terminal; readonly asJson: boolean }): void {
  const { code, message, remedy } = error
  terminal.fail(error)
  if (asJson) terminal.print(JSON.stringify({ error: { code, message, remedy } }))
}

// The first Ctrl-C ends what runs in good order; a second one ends the process at once.
function listenForInterrupts(cancel: AbortController): () => void {
  const interrupt = () => {
    if (cancel.signal.aborted) process.exit(130)
    cancel.abort(new AppError('INTERRUPTED'))
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  return () => {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
  }
}

function parseTimeout(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const seconds = Number(value)
  if (!(seconds > 0) || !Number.isFinite(seconds))
    throw new AppError('USAGE', { problem: `--timeout is "${value}"; it takes a number of seconds above 0.` })
  return seconds
}
