import type { TextLines } from './text-lines.js'

const opening = /^(`{3,}(?=[^`]*$)|~{3,})/
const closing = /^(?:`{3,}|~{3,})$/

/** The marks that open a code fence on this line, or undefined. */
export function readFenceMarks(lines: TextLines, line: number): string | undefined {
  return opening.exec(lines.headOf(line))?.[1]
}

/** Finds where fences end; one finder serves one slice, so that a mark without an end is not searched for twice. */
export function createFenceFinder(lines: TextLines): (line: number, marks: string) => number {
  const endless = new Map<string, number>()
  return (line, marks) => {
    const marker = marks.charAt(0)
    const isEndless = marks.length >= (endless.get(marker) ?? Number.POSITIVE_INFINITY)
    let shorter: number | undefined
    for (let at = line + 1; at < lines.count; at++) {
      const head = lines.headOf(at)
      if (!head.startsWith(marker) || !closing.test(head)) continue
      if (head.length >= marks.length) return at + 1
      // A fence closed with fewer marks than it was opened with would take all the rest for code.
      shorter ??= at + 1
      if (isEndless) return shorter
    }
    endless.set(marker, Math.min(marks.length, endless.get(marker) ?? marks.length))
    return shorter ?? lines.count
  }
}
