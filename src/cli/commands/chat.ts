import { createPilotbook } from '../../app/create-pilotbook.js'
import { AppError, toAppError } from '../../core/errors/app-error.js'
import { openChatInput } from '../chat-input.js'
import { ChatSession, chatHelp } from '../chat-session.js'
import { type CommandContext, type QuestionFlags, toRequestFlags } from '../command-context.js'
import { ingestFirst } from '../ingest-first.js'

/** Errors with this exit code are about the index or the settings: no other question would fare better. */
const notConfigured = 3

/**
 * Answers line after line of standard input within a conversation that is kept. On a terminal Ctrl-C stops the running answer and Ctrl-D
 * ends the chat. Resolves to exit code 0 at its end; what fails in between is told, and the chat goes on.
 */
export async function chatCommand(flags: QuestionFlags, context: CommandContext): Promise<number> {
  const { terminal, signal, config } = context
  const request = toRequestFlags(flags)
  await ingestFirst(context)
  const pilotbook = createPilotbook(config, { mode: 'command' })
  const session = new ChatSession(pilotbook, request, terminal)
  const running = new RunningLine(signal)
  const input = await openChatInput({ context, onInterrupt: () => running.stop(), onEnd: () => void running.stop() })
  try {
    terminal.note(chatHelp)
    for await (const line of input.lines) {
      await input.remember()
      const goesOn = await running.run((stop) => session.take(line, stop)).catch((thrown: unknown) => tell(thrown, context))
      if (!goesOn) break
    }
    signal.throwIfAborted()
    return 0
  } finally {
    input.close()
    await session.end().finally(() => pilotbook.close())
  }
}

/** What a line failed with, unless no other line would fare better. */
function tell(thrown: unknown, { terminal, signal }: CommandContext): true {
  if (signal.aborted) throw signal.reason
  const error = toAppError(thrown)
  if (error.exitCode === notConfigured) throw error
  if (error.code === 'INTERRUPTED') terminal.note('Stopped.')
  else terminal.fail(error)
  return true
}

/** The line that is being answered, if any: it can be stopped by itself, and stops with the whole command. */
class RunningLine {
  readonly #whole: AbortSignal
  #stop: AbortController | undefined

  constructor(whole: AbortSignal) {
    this.#whole = whole
  }

  async run<Value>(start: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    const stop = new AbortController()
    this.#stop = stop
    try {
      return await start(AbortSignal.any([this.#whole, stop.signal]))
    } finally {
      this.#stop = undefined
    }
  }

  /** Whether there was something to stop. */
  stop(): boolean {
    const stop = this.#stop
    stop?.abort(new AppError('INTERRUPTED'))
    return stop !== undefined
  }
}
