/** One word of a shell line, without its quotes; the offsets are UTF-16 units into the line and take the quotes in. */
export interface ShellWord {
  readonly text: string
  readonly start: number
  readonly end: number
}

export type ShellCommand = readonly ShellWord[]

interface Scan {
  readonly source: string
  /** Where `source` begins in the whole line. */
  readonly base: number
  readonly commands: ShellCommand[]
  /** Commands inside the one being read. */
  nested: ShellCommand[]
  words: ShellWord[]
  word: { text: string; start: number } | undefined
  /** The next word is the file of a redirection. */
  isTarget: boolean
}

/** Answers how many characters were taken. */
type Take = (scan: Scan, match: RegExpExecArray) => number

// Tried in this order at every place.
const steps: readonly (readonly [pattern: RegExp, take: Take])[] = [
  [/\\\r?\n|[`^]\r?\n/y, (_, [all]) => all.length],
  [/\\([\s\S])/y, (scan, match) => append(scan, match, match[1])],
  [/'([^']*)'/y, (scan, match) => append(scan, match, match[1])],
  [/"/y, takeDoubleQuoted],
  [/[$<>]\(/y, takeSubstitution],
  [/`([^`\n]+)`/y, takeBackquoted],
  [/\$\{[^}\n]*\}/y, append],
  // Words that stand for others in a manual: <name>, [OPTIONS], [HOST:]PORT.
  [/<[A-Za-z](?:[\w .:/|,-]*[\w.])?>(?=$|[\s:/@"'=,])|\[[A-Z:@.-][^\]\n]*\]/y, append],
  [/(?<=^|[\s;|&(])#[^\n]*/y, (_, [all]) => all.length],
  [/<<<|<<-?|&>>?|>>|>\||>&|<&|<>|>|</y, takeRedirection],
  [/\|\||&&|\|&|[|&;()\n]/y, takeSeparator],
  [/[ \t\r\u00a0]+/y, takeSpace],
  [/[\s\S]/y, append],
]

/**
 * The simple commands of a shell line, or of several lines, as words, in the order in which they stand; commands inside `$(…)` and
 * backquotes follow the one that they stand in. Redirections, comments and here-documents are left out, and nothing is expanded.
 */
export function splitShellWords(line: string): readonly ShellCommand[] {
  return scanCommands(blankHereDocuments(line), 0)
}

// Blanks of the same length, so that offsets stay true.
function blankHereDocuments(line: string): string {
  const body = /(?<head><<-?[ \t]*(['"]?)(?<end>\w+)\2[^\n]*\n)[\s\S]*?^[ \t]*\k<end>[ \t]*$/gm
  return line.replace(body, (all, head: string) => head + all.slice(head.length).replace(/[^\n]/g, ' '))
}

function scanCommands(source: string, base: number): readonly ShellCommand[] {
  const scan: Scan = { source, base, commands: [], nested: [], words: [], word: undefined, isTarget: false }
  for (let at = 0; at < source.length; ) at += takeNext(scan, at)
  endCommand(scan, source.length)
  return scan.commands
}

function takeNext(scan: Scan, at: number): number {
  for (const [pattern, take] of steps) {
    pattern.lastIndex = at
    const match = pattern.exec(scan.source)
    if (match !== null) return take(scan, match)
  }
  return 1
}

function append(scan: Scan, match: RegExpExecArray, text: string = match[0]): number {
  scan.word ??= { text: '', start: scan.base + match.index }
  scan.word.text += text
  return match[0].length
}

function takeDoubleQuoted(scan: Scan, match: RegExpExecArray): number {
  const from = match.index + 1
  let end = from
  while (end < scan.source.length && scan.source[end] !== '"') end += stepInQuotes(scan, end)
  const text = scan.source.slice(from, end).replace(/\\(?:\r?\n|([\s\S]))/g, '$1')
  append(scan, match, text)
  return Math.min(end + 1, scan.source.length) - match.index
}

function stepInQuotes(scan: Scan, at: number): number {
  if (scan.source[at] === '\\') return 2
  if (!scan.source.startsWith('$(', at)) return 1
  const close = findClosing(scan.source, at + 2)
  scan.nested.push(...scanCommands(scan.source.slice(at + 2, close), scan.base + at + 2))
  return close + 1 - at
}

function takeSubstitution(scan: Scan, match: RegExpExecArray): number {
  const from = match.index + 2
  const close = findClosing(scan.source, from)
  scan.nested.push(...scanCommands(scan.source.slice(from, close), scan.base + from))
  append(scan, match, scan.source.slice(match.index, close + 1))
  return Math.min(close + 1, scan.source.length) - match.index
}

function takeBackquoted(scan: Scan, match: RegExpExecArray): number {
  scan.nested.push(...scanCommands(match[1] ?? '', scan.base + match.index + 1))
  return append(scan, match)
}

/** Where the bracket that was opened before `from` closes; the end of the text if it never does. */
function findClosing(source: string, from: number): number {
  const piece = /\\[\s\S]|'[^']*'|[()]/g
  piece.lastIndex = from
  let depth = 1
  for (let match = piece.exec(source); match !== null; match = piece.exec(source)) {
    if (match[0] === '(') depth++
    if (match[0] === ')') depth--
    if (depth === 0) return match.index
  }
  return source.length
}

function takeRedirection(scan: Scan, match: RegExpExecArray): number {
  // In `2>file` the number belongs to the redirection.
  if (/^\d+$/.test(scan.word?.text ?? '')) scan.word = undefined
  endWord(scan, match.index)
  scan.isTarget = true
  return match[0].length
}

function takeSeparator(scan: Scan, match: RegExpExecArray): number {
  endCommand(scan, match.index)
  return match[0].length
}

function takeSpace(scan: Scan, match: RegExpExecArray): number {
  endWord(scan, match.index)
  return match[0].length
}

function endWord(scan: Scan, at: number): void {
  if (scan.word === undefined) return
  if (!scan.isTarget) scan.words.push({ ...scan.word, end: scan.base + at })
  scan.word = undefined
  scan.isTarget = false
}

function endCommand(scan: Scan, at: number): void {
  endWord(scan, at)
  if (scan.words.length > 0) scan.commands.push(scan.words)
  scan.commands.push(...scan.nested)
  scan.words = []
  scan.nested = []
  scan.isTarget = false
}
