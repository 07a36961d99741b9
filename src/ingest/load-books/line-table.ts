/** Where each line of a text begins. A line ends with LF, CRLF or a lone CR, as in CommonMark. */
export interface LineTable {
  readonly lineCount: number
  /** Offset of the first character of a line, counted from 0; one past the last character for lines beyond the end. */
  startOf(lineIndex: number): number
  /** The line, counted from 1, that an offset lies on. */
  lineAt(offset: number): number
}

/** Reads a text once; afterwards lines become offsets at once, and offsets lines in logarithmic time. */
export function createLineTable(text: string): LineTable {
  const starts = findStarts(text)
  return {
    lineCount: starts.length,
    startOf: (lineIndex) => starts[lineIndex] ?? text.length,
    lineAt: (offset) => {
      let low = 0
      let high = starts.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if ((starts[middle] ?? 0) <= offset) low = middle
        else high = middle - 1
      }
      return low + 1
    },
  }
}

function findStarts(text: string): readonly number[] {
  const starts = [0]
  const end = /\r\n?|\n/g
  while (end.exec(text) !== null) starts.push(end.lastIndex)
  return starts
}
