/** A marker in a text: `[1]`, `[1, 2]`, `【1】` or `[1][2]` (two markers). UTF-16 offsets. */
export interface Marker {
  readonly start: number
  readonly end: number
  readonly numbers: readonly number[]
}

/** One marker at the beginning of a text: brackets of either style around numbers; a dagger and what follows it are dropped. */
const numberList = String.raw`\d{1,3}(?:\s*(?:[,;&–-]|and)\s*\d{1,3})*`
const markerAtStart = new RegExp(String.raw`^(?:\[\^?\s*(${numberList})\s*\]|【\s*(${numberList})[^】\n]{0,20}】)`)
const unfinishedMarker = /^(?:\[\^?\s*(?:\d[\d\s,;&–\-and]{0,24})?|【[^】\n]{0,30})$/
const mostInRange = 20
const definitionLine = /^[ \t>]*(?:[-*+][ \t]+)?\[\^?\d{1,4}\]:.*$/gm
const cutMarker = /[\s,]*(?:\[\^?\s*(?:\d[\d\s,;&–\-and]{0,24})?|【[^】\n]{0,30})$/

export type MarkerAtStart =
  | { readonly kind: 'marker'; readonly length: number; readonly numbers: readonly number[] }
  /** More text must come before we know. */
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'text' }

/** What `text` begins with, behind `before`. A link (`[1](…)`) is no marker, nor is a definition (`[1]: …`) at the start of a line. */
export function readMarker(text: string, before: string, isComplete: boolean): MarkerAtStart {
  const found = markerAtStart.exec(text)
  if (found === null) return !isComplete && unfinishedMarker.test(text) ? { kind: 'unfinished' } : { kind: 'text' }
  const next = text[found[0].length]
  if (next === undefined && !isComplete) return { kind: 'unfinished' }
  if (next === '(' || (next === ':' && startsLine(before))) return { kind: 'text' }
  return { kind: 'marker', length: found[0].length, numbers: readNumbers(found[1] ?? found[2] ?? '') }
}

function startsLine(before: string): boolean {
  return before.slice(before.lastIndexOf('\n') + 1).trim() === ''
}

/** `1, 3-5 and 7` is 1, 3, 4, 5, 7. */
function readNumbers(list: string): readonly number[] {
  return list.split(/\s*(?:[,;&]|and)\s*/).flatMap((part) => {
    const [first = 0, last = first] = part.split(/\s*[–-]\s*/).map(Number)
    const count = Math.min(Math.max(last - first + 1, 1), mostInRange)
    return Array.from({ length: count }, (_, step) => first + step)
  })
}

/** All markers outside of code, in order. An escaped bracket (`\[1]`) is text. */
export function findMarkers(text: string): readonly Marker[] {
  const code = findCode(text)
  const markers: Marker[] = []
  for (const { index } of text.matchAll(/[[【]/g)) {
    const last = markers.at(-1)
    if (
      (last !== undefined && index < last.end) ||
      text[index - 1] === '\\' ||
      code.some((range) => index >= range.start && index < range.end)
    )
      continue
    const read = readMarker(text.slice(index, index + 64), text.slice(0, index), true)
    if (read.kind === 'marker') markers.push({ start: index, end: index + read.length, numbers: read.numbers })
  }
  return markers
}

/**
 * Lines such as `[1]: http://…` outside of code. They would turn our markers into links of the model's, so they do not stay.
 */
export function findDefinitions(text: string): readonly { readonly start: number; readonly end: number }[] {
  const code = findCode(text)
  return [...text.matchAll(definitionLine)]
    .map(({ index, 0: line }) => ({ start: index, end: index + line.length }))
    .filter(({ start }) => !code.some((range) => start >= range.start && start < range.end))
}

/** Whether the text ends in a marker that was cut off. */
export function findCutMarker(text: string): number | undefined {
  const at = text.search(cutMarker)
  return at < 0 || endsInsideCode(text.slice(0, at)) ? undefined : at
}

/** Whether what comes behind the text stands inside a code fence or a code span that has not ended. */
export function endsInsideCode(text: string): boolean {
  const last = findCode(text).at(-1)
  return last !== undefined && last.end === text.length && !last.closed
}

interface CodeRange {
  readonly start: number
  readonly end: number
  readonly closed: boolean
}

/** Fences and code spans, in order; one that does not end reaches to the end of the text (a span: of its paragraph). */
function findCode(text: string): readonly CodeRange[] {
  const ranges: CodeRange[] = []
  const opening = /^ {0,3}(`{3,}|~{3,})[^\n]*(?:\n|$)|(`+)/gm
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const range = found[1] === undefined ? endOfSpan(text, found) : endOfFence(text, found, found[1])
    if (range !== undefined) {
      ranges.push(range)
      opening.lastIndex = Math.max(range.end, opening.lastIndex)
    }
  }
  return ranges
}

function endOfFence(text: string, found: RegExpExecArray, ticks: string): CodeRange {
  const closing = new RegExp(`^ {0,3}${ticks[0]}{${ticks.length},}[ \\t]*$`, 'gm')
  closing.lastIndex = found.index + found[0].length
  const end = closing.exec(text)
  return end === null
    ? { start: found.index, end: text.length, closed: false }
    : { start: found.index, end: end.index + end[0].length, closed: true }
}

// Ticks without partners before the paragraph ends are text, unless the text ends there: then the partner may still come.
function endOfSpan(text: string, found: RegExpExecArray): CodeRange | undefined {
  const from = found.index + found[0].length
  const paragraphEnd = text.slice(from).search(/\n\s*\n/)
  const limit = paragraphEnd < 0 ? text.length : from + paragraphEnd
  for (const ticks of text.slice(from, limit).matchAll(/`+/g)) {
    if (ticks[0].length === found[0].length) return { start: found.index, end: from + ticks.index + ticks[0].length, closed: true }
  }
  return paragraphEnd < 0 ? { start: found.index, end: text.length, closed: false } : undefined
}
