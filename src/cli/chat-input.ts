import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { loadChatHistory, rememberedLines, saveChatHistory } from '../adapters/chat-history/chat-history.js'
import type { CommandContext } from './command-context.js'

export interface ChatInput {
  /** What is typed or piped in, line by line, with its prompt; ends at Ctrl-D, at the end of the input, and when the command is stopped. */
  readonly lines: AsyncIterable<string>
  /** Keeps what was typed so far for the next time. */
  remember(): Promise<void>
  close(): void
}

export interface ChatInputOptions {
  readonly context: CommandContext
  /** Ctrl-C on a terminal: true when there was something to stop. */
  readonly onInterrupt: () => boolean
  /** Ctrl-D on a terminal, also in mid-answer. */
  readonly onEnd: () => void
}

const prompt = '> '
const historyFile = 'chat-history'

/** Standard input with line editing and history where it is a terminal, plain lines elsewhere. The prompt goes to standard error. */
export async function openChatInput({ context, onInterrupt, onEnd }: ChatInputOptions): Promise<ChatInput> {
  const { config, terminal, signal } = context
  const isTerminal = process.stdin.isTTY === true && terminal.isErrorInteractive
  const path = join(config.dataDir, historyFile)
  let history = isTerminal ? await loadChatHistory(path) : []
  const reader = createInterface({
    input: process.stdin,
    ...(isTerminal ? { output: process.stderr } : {}),
    terminal: isTerminal,
    prompt: isTerminal ? prompt : '',
    history: [...history],
    historySize: rememberedLines,
    removeHistoryDuplicates: true,
  })
  const close = () => reader.close()
  signal.addEventListener('abort', close, { once: true })
  reader.on('history', (lines: readonly string[]) => {
    history = [...lines]
  })
  reader.on('SIGINT', () => {
    if (onInterrupt()) return
    // As in a shell: what was typed is dropped.
    reader.write(null, { ctrl: true, name: 'e' })
    reader.write(null, { ctrl: true, name: 'u' })
    terminal.note('(Ctrl-D or /quit ends)')
    reader.prompt()
  })
  reader.on('close', () => {
    if (isTerminal) onEnd()
  })
  return {
    lines: withPrompt(reader),
    remember: async () => {
      if (isTerminal) await saveChatHistory(path, history)
    },
    close: () => {
      signal.removeEventListener('abort', close)
      reader.close()
      // A pipe that stays open would keep the process alive.
      process.stdin.destroy()
    },
  }
}

async function* withPrompt(reader: ReturnType<typeof createInterface>): AsyncGenerator<string> {
  reader.prompt()
  for await (const line of reader) {
    yield line
    reader.prompt()
  }
}
