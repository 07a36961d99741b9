import { createFenceFinder, readFenceMarks } from './fences.js'
import { findTagEnd, maxTagLength } from './find-tag-end.js'
import { readTextLines, type TextLines } from './text-lines.js'

/** UTF-16 offsets; `end` is one past the last character. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** A stretch of whole lines that belong together; no blank line at its edges, the last line's ending not included. */
export interface Block extends Range {
  readonly kind: 'prose' | 'fence' | 'code' | 'list' | 'table' | 'html' | 'rule'
}

interface Scan {
  readonly text: string
  readonly lines: TextLines
  readonly findFenceEnd: (line: number, marks: string) => number
  /** Closing marks that do not come any more. */
  readonly missing: Set<string>
}

const rule = /^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/
const listMarker = /^(?:[-*+]|\d{1,9}[.)])(?:\s|$)/
const interruptingMarker = /^(?:[-*+]|1[.)])\s+\S/
const delimiterRow = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/
const closings: readonly (readonly [opening: RegExp, closing: string])[] = [
  [/^<!--/, '-->'],
  [/^<script\b/i, '</script>'],
  [/^<style\b/i, '</style>'],
  [/^<pre\b/i, '</pre>'],
  [/^<table\b/i, '</table>'],
]

/**
 * Where Markdown may be cut with little harm: the blocks of a slice, in order. Every line that is not blank belongs to exactly one.
 * It looks at lines alone and takes any slice, also one that begins in the middle of something; a text's structure is told by the
 * real parser when books are loaded and when text is cleaned.
 */
export function scanBlocks(text: string, range: Range = { start: 0, end: text.length }): readonly Block[] {
  const lines = readTextLines(text, range)
  const scan: Scan = { text, lines, findFenceEnd: createFenceFinder(lines), missing: new Set() }
  const blocks: Block[] = []
  for (let line = 0; line < lines.count; ) {
    if (lines.isBlank(line)) {
      line += 1
      continue
    }
    const { kind, endLine } = readBlock(scan, line)
    blocks.push({ kind, start: lines.startOf(line), end: lines.endOf(lastFilled(lines, endLine)) })
    line = endLine
  }
  return blocks
}

/** The first lines of a list's own items; nested items belong to theirs. */
export function findItemStarts(text: string, list: Range): readonly number[] {
  const lines = readTextLines(text, list)
  const findFenceEnd = createFenceFinder(lines)
  const starts: number[] = []
  for (let line = 0; line < lines.count; ) {
    const marks = readFenceMarks(lines, line)
    if (isMarker(lines, line) && lines.indentOf(line) <= lines.indentOf(0) + 1) starts.push(lines.startOf(line))
    line = marks === undefined ? line + 1 : findFenceEnd(line, marks)
  }
  return starts
}

function readBlock(scan: Scan, line: number): { kind: Block['kind']; endLine: number } {
  const { lines } = scan
  const marks = readFenceMarks(lines, line)
  if (marks !== undefined) return { kind: 'fence', endLine: scan.findFenceEnd(line, marks) }
  if (lines.indentOf(line) >= 4) return { kind: 'code', endLine: findIndentedEnd(lines, line) }
  if (rule.test(lines.headOf(line))) return { kind: 'rule', endLine: line + 1 }
  const htmlEnd = findHtmlEnd(scan, line)
  if (htmlEnd !== undefined) return { kind: 'html', endLine: htmlEnd }
  if (isMarker(lines, line)) return { kind: 'list', endLine: findListEnd(scan, line) }
  if (isTableStart(lines, line)) return { kind: 'table', endLine: findRunEnd(lines, line + 2, () => false) }
  return { kind: 'prose', endLine: findRunEnd(lines, line + 1, (next) => interruptsProse(scan, next)) }
}

function lastFilled(lines: TextLines, endLine: number): number {
  let line = endLine - 1
  while (line > 0 && lines.isBlank(line)) line -= 1
  return line
}

function isMarker(lines: TextLines, line: number): boolean {
  return listMarker.test(lines.headOf(line)) && !rule.test(lines.headOf(line))
}

function isTableStart(lines: TextLines, line: number): boolean {
  if (line + 1 >= lines.count || !lines.headOf(line).includes('|')) return false
  const next = lines.headOf(line + 1)
  return next.includes('-') && next.includes('|') && delimiterRow.test(next)
}

function interruptsProse(scan: Scan, line: number): boolean {
  const { lines } = scan
  if (lines.indentOf(line) >= 4) return false
  const head = lines.headOf(line)
  return (
    readFenceMarks(lines, line) !== undefined ||
    interruptingMarker.test(head) ||
    rule.test(head) ||
    closings.some(([opening]) => opening.test(head)) ||
    isTableStart(lines, line)
  )
}

/** The line after a run of lines that ends before a blank one or one that begins something else. */
function findRunEnd(lines: TextLines, from: number, isOther: (line: number) => boolean): number {
  let line = from
  while (line < lines.count && !lines.isBlank(line) && readFenceMarks(lines, line) === undefined && !isOther(line)) line += 1
  return line
}

function findIndentedEnd(lines: TextLines, from: number): number {
  let end = from + 1
  for (let line = end; line < lines.count && (lines.isBlank(line) || lines.indentOf(line) >= 4); line++) {
    if (!lines.isBlank(line)) end = line + 1
  }
  return end
}

function findListEnd({ lines, findFenceEnd }: Scan, from: number): number {
  const base = lines.indentOf(from)
  let isAfterBlank = false
  for (let line = from + 1; line < lines.count; ) {
    if (lines.isBlank(line)) {
      isAfterBlank = true
      line += 1
      continue
    }
    const isInside = lines.indentOf(line) > base + 1
    const marks = readFenceMarks(lines, line)
    if (!isInside && (marks !== undefined || rule.test(lines.headOf(line)))) return line
    if (!isInside && isAfterBlank && !isMarker(lines, line)) return line
    line = marks === undefined ? line + 1 : findFenceEnd(line, marks)
    isAfterBlank = false
  }
  return lines.count
}

// A comment, a table or a component may hold blank lines: it ends where its own closing mark stands.
function findHtmlEnd(scan: Scan, line: number): number | undefined {
  const { lines } = scan
  const head = lines.headOf(line)
  if (!head.startsWith('<')) return undefined
  const closing = closings.find(([opening]) => opening.test(head))?.[1]
  const end = closing === undefined ? findOwnEnd(scan, line) : findClosing(scan, { line, closing })
  const runEnd = findRunEnd(lines, line + 1, () => false)
  if (end === undefined || end > lines.endOf(lines.count - 1)) return runEnd
  let last = line
  while (last + 1 < lines.count && lines.startOf(last + 1) < end) last += 1
  return closing === '-->' ? last + 1 : findRunEnd(lines, last + 1, () => false)
}

function findOwnEnd({ text, lines, missing }: Scan, line: number): number | undefined {
  const start = text.indexOf('<', lines.startOf(line))
  const end = missing.has('>') ? undefined : findTagEnd(text, start)
  if (end === undefined && text.length - start > maxTagLength) missing.add('>')
  return end
}

function findClosing({ text, lines, missing }: Scan, { line, closing }: { line: number; closing: string }): number | undefined {
  const at = missing.has(closing) ? -1 : text.indexOf(closing, lines.startOf(line))
  if (at >= 0) return at + closing.length
  missing.add(closing)
  return undefined
}
