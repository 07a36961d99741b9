import pc from 'picocolors'
import { toPrintable } from './to-printable.js'
import { wrapWords } from './wrap-words.js'

/** Where a command writes: results on one stream, progress and notices on the other. */
export interface Terminal {
  readonly isInteractive: boolean
  readonly isErrorInteractive: boolean
  /** Width for results; without bound where they go to a file or another program. */
  readonly columns: number
  /** For results. */
  readonly paint: ReturnType<typeof pc.createColors>
  /** A result, with a line end behind it. */
  print(text: string): void
  /** A result as it is. */
  write(text: string): void
  /** A message, with a line end behind it. */
  note(text: string): void
  /** What the reader must know about a result, set apart from it. */
  notice(notice: { readonly text: string }): void
  /** What failed and what to do about it; also when quiet. */
  fail(error: { readonly code: string; readonly message: string; readonly remedy: string }): void
  /** Progress that replaces itself; nothing where standard error is no terminal. */
  progress(text: string): void
  clearProgress(): void
}

export interface TerminalOptions {
  readonly color: boolean
  readonly quiet: boolean
}

const defaultColumns = 80

/** The process's own streams. Colour and moving progress only on a terminal; `NO_COLOR` and `--no-color` switch colour off. */
export function createTerminal({ color, quiet }: TerminalOptions): Terminal {
  const isInteractive = process.stdout.isTTY === true
  const isErrorInteractive = process.stderr.isTTY === true
  const columns = process.stderr.columns || defaultColumns
  let shown = false
  const clearProgress = () => {
    if (shown) process.stderr.write('\r\u001b[2K')
    shown = false
  }
  // Beyond the last column a terminal breaks lines in the middle of words.
  const wrap = (text: string, indent?: string) => (isErrorInteractive ? wrapWords(text, columns - 2, indent) : text)
  const note = (text: string) => {
    clearProgress()
    if (!quiet) process.stderr.write(`${text}\n`)
  }
  // The one stream may be a terminal while the other is a file.
  const { dim } = pc.createColors(color && isErrorInteractive && pc.isColorSupported)
  return {
    isInteractive,
    isErrorInteractive,
    columns: isInteractive ? process.stdout.columns || defaultColumns : Number.POSITIVE_INFINITY,
    paint: pc.createColors(color && isInteractive && pc.isColorSupported),
    print: (text) => void process.stdout.write(`${text}\n`),
    write: (text) => void process.stdout.write(text),
    note: (text) => note(wrap(toPrintable(text))),
    notice: ({ text }) => note(dim(wrap(`Note: ${toPrintable(text)}`))),
    fail: ({ code, message, remedy }) => {
      clearProgress()
      process.stderr.write(toPrintable(`${wrap(`Error: ${message}`)}\n  ${wrap(`→ ${remedy} (${code})`, '    ')}\n`))
    },
    progress: (text) => {
      if (quiet || !isErrorInteractive) return
      process.stderr.write(`\r\u001b[2K${toPrintable(text).slice(0, (process.stderr.columns || defaultColumns) - 1)}`)
      shown = true
    },
    clearProgress,
  }
}
