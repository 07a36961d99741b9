import type { Range } from './scan-blocks.js'

/** The lines of a slice of text, counted from 0. */
export interface TextLines {
  readonly count: number
  startOf(line: number): number
  /** One past the last character, the line ending not included. */
  endOf(line: number): number
  isBlank(line: number): boolean
  /** Columns of white space at the line's start; a tab goes to the next multiple of four. */
  indentOf(line: number): number
  /** The line without the white space around it, cut where it is longer than any mark of Markdown. */
  headOf(line: number): string
}

// Long enough for the delimiter row of a padded table; short enough to look at ten megabytes in one line many times.
const maxHeadLength = 4000

/** Reads the lines of a slice once. A line ends with LF, CRLF or a lone CR. */
export function readTextLines(text: string, { start, end }: Range): TextLines {
  const starts: number[] = []
  const ends: number[] = []
  const indents: number[] = []
  const lineEnd = /\r\n?|\n/g
  lineEnd.lastIndex = start
  for (let at = start; at < end; ) {
    const match = lineEnd.exec(text)
    const stop = match === null || match.index > end ? end : match.index
    starts.push(at)
    ends.push(stop)
    indents.push(measureIndent(text, { start: at, end: stop }))
    at = match === null ? end : Math.max(stop, lineEnd.lastIndex)
  }
  return {
    count: starts.length,
    startOf: (line) => starts[line] ?? end,
    endOf: (line) => ends[line] ?? end,
    isBlank: (line) => (indents[line] ?? -1) < 0,
    indentOf: (line) => Math.max(0, indents[line] ?? 0),
    headOf: (line) => text.slice(starts[line], Math.min(ends[line] ?? end, (starts[line] ?? end) + maxHeadLength)).trim(),
  }
}

/** -1 for a blank line. */
function measureIndent(text: string, { start, end }: Range): number {
  let indent = 0
  for (let at = start; at < end; at++) {
    const character = text[at] ?? ''
    if (character === ' ') indent += 1
    else if (character === '\t') indent += 4 - (indent % 4)
    else if (character.trim() !== '') return indent
  }
  return -1
}
