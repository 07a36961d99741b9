import { toAppError } from '../core/errors/app-error.js'
import type { Terminal } from './terminal.js'

/** Errors with this exit code are about the index or the settings: no other line would fare better. */
const notConfigured = 3

/**
 * Reads one question per line from standard input and prints one JSON object per line in the same order. A question that fails,
 * an empty line included, gets `{question, error}` in its place and the others go on. Resolves to exit code 0 when every line got
 * an object; rejects when index or settings do not serve for any line, and with the signal's reason when cancelled.
 */
export async function answerLines(
  answerOne: (question: string) => Promise<object>,
  { terminal, signal }: { readonly terminal: Terminal; readonly signal: AbortSignal },
): Promise<number> {
  for await (const line of readLines(process.stdin, signal)) {
    terminal.print(JSON.stringify(await answerOrError(line, answerOne, signal)))
  }
  signal.throwIfAborted()
  return 0
}

// Node's own line reader also ends lines at characters that may stand inside a question.
async function* readLines(input: NodeJS.ReadStream, signal: AbortSignal): AsyncGenerator<string> {
  const stop = () => input.destroy()
  signal.addEventListener('abort', stop, { once: true })
  let rest = ''
  try {
    for await (const chunk of input.setEncoding('utf8')) {
      const lines = `${rest}${String(chunk)}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) yield withoutReturn(line)
    }
    if (rest !== '') yield withoutReturn(rest)
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}

async function answerOrError(question: string, answerOne: (question: string) => Promise<object>, signal: AbortSignal): Promise<object> {
  try {
    return await answerOne(question)
  } catch (thrown) {
    if (signal.aborted) throw signal.reason
    const error = toAppError(thrown)
    if (error.exitCode === notConfigured) throw error
    return { question, error: { code: error.code, message: error.message, remedy: error.remedy } }
  }
}
