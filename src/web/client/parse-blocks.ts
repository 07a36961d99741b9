import type { Block, Line } from './markdown-tree.js'
import { parseInline } from './parse-inline.js'
import { parseTable } from './parse-table.js'

const fencePattern = /^( {0,3})(`{3,}|~{3,})([^`]*)$/
const headingPattern = /^ {0,3}(#{1,6})(?:[ \t]+|$)/
const rulePattern = /^ {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$/
const quotePattern = /^ {0,3}> ?/
const tablePattern = /^ {0,3}\|/
const itemPattern = /^([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+|$)/

// Deeper lists and quotes are shown flat: nobody writes them, and each level costs a pass over the lines.
const maxDepth = 8

/** The Markdown of an answer as a tree: paragraphs, headings, lists, quotes, fences, tables. HTML stays text. */
export function parseMarkdown(markdown: string): readonly Block[] {
  const lines: Line[] = []
  let start = 0
  for (const end of markdown.matchAll(/\r?\n/g)) {
    lines.push({ text: markdown.slice(start, end.index), start })
    start = end.index + end[0].length
  }
  lines.push({ text: markdown.slice(start), start })
  return parseBlocks(lines, 0)
}

type Taken = readonly [block: Block, next: number]

function parseBlocks(lines: readonly Line[], depth: number): readonly Block[] {
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    if (isBlank(lines[at])) {
      at++
      continue
    }
    const [block, next] = takeBlock(lines, at, depth)
    blocks.push(block)
    at = next
  }
  return blocks
}

function takeBlock(lines: readonly Line[], at: number, depth: number): Taken {
  const text = lines[at]?.text ?? ''
  if (fencePattern.test(text)) return takeFence(lines, at)
  if (headingPattern.test(text)) return takeHeading(lines, at)
  if (rulePattern.test(text)) return [{ kind: 'rule' }, at + 1]
  if (tablePattern.test(text)) return takeTable(lines, at)
  if (depth < maxDepth && quotePattern.test(text)) return takeQuote(lines, at, depth)
  if (depth < maxDepth && itemPattern.test(text)) return takeList(lines, at, depth)
  return takeParagraph(lines, at)
}

/** A fence that is still open, as in a growing answer, lasts to the end. */
function takeFence(lines: readonly Line[], at: number): Taken {
  const [, indent = '', fence = '', info = ''] = fencePattern.exec(lines[at]?.text ?? '') ?? []
  const isEnd = (line: Line): boolean => {
    const text = line.text.trim()
    return text.length >= fence.length && text === fence.charAt(0).repeat(text.length)
  }
  const found = lines.findIndex((line, index) => index > at && isEnd(line))
  const end = found === -1 ? lines.length : found
  const text = lines
    .slice(at + 1, end)
    .map((line) => stripIndent(line, indent.length).text)
    .join('\n')
  return [{ kind: 'fence', text, language: info.trim().split(/\s/)[0] ?? '' }, end + 1]
}

function takeHeading(lines: readonly Line[], at: number): Taken {
  const line = lines[at] ?? { text: '', start: 0 }
  const [opening = '', marks = ''] = headingPattern.exec(line.text) ?? []
  const text = withoutClosingMarks(line.text.slice(opening.length).trimEnd())
  return [{ kind: 'heading', level: marks.length, children: parseInline([{ text, start: line.start + opening.length }]) }, at + 1]
}

/** `## Title ##` is `Title`, `## C#` is `C#`. */
function withoutClosingMarks(text: string): string {
  let end = text.length
  while (text[end - 1] === '#') end--
  return end === 0 || /[ \t]/.test(text.charAt(end - 1)) ? text.slice(0, end).trimEnd() : text
}

function takeTable(lines: readonly Line[], at: number): Taken {
  const end = endOfRun(lines, at, (text) => tablePattern.test(text))
  return [parseTable(lines.slice(at, end)), end]
}

function takeQuote(lines: readonly Line[], at: number, depth: number): Taken {
  const end = endOfRun(lines, at, (text) => quotePattern.test(text))
  const inner = lines.slice(at, end).map((line) => cutFront(line, quotePattern.exec(line.text)?.[0].length ?? 0))
  return [{ kind: 'quote', children: parseBlocks(inner, depth + 1) }, end]
}

function takeParagraph(lines: readonly Line[], at: number): Taken {
  const end = endOfRun(lines, at, (text) => text.trim() !== '' && !interruptsParagraph(text))
  const inner = lines.slice(at, end).map((line) => cutFront(line, line.text.length - line.text.trimStart().length))
  return [{ kind: 'paragraph', children: parseInline(inner) }, end]
}

function takeList(lines: readonly Line[], at: number, depth: number): Taken {
  const isOrdered = /^\s*\d/.test(lines[at]?.text ?? '')
  const first = Number.parseInt(lines[at]?.text.trim() ?? '', 10)
  const items: (readonly Block[])[] = []
  let next = at
  while (next < lines.length) {
    const mark = itemPattern.exec(lines[next]?.text ?? '')
    if (mark === null || /\d/.test(mark[2] ?? '') !== isOrdered || rulePattern.test(lines[next]?.text ?? '')) break
    const end = endOfItem(lines, next, columns(mark[1] ?? '') + 2)
    const head = cutFront(lines[next] ?? { text: '', start: 0 }, mark[0].length)
    const rest = lines.slice(next + 1, end)
    // Models often indent by less than the marker's width: the first indented line tells how far.
    const indents = rest.map((line) => indentOf(line)).filter((indent) => indent > 0)
    const body = rest.map((line) => stripIndent(line, Math.min(columns(mark[0]), indents[0] ?? 0)))
    items.push(parseBlocks([head, ...body], depth + 1))
    next = end
  }
  return [{ kind: 'list', isOrdered, first: isOrdered ? first : 1, items }, next]
}

/** An item holds what is indented below it, blank lines between, and the unindented rest of its paragraph. */
function endOfItem(lines: readonly Line[], at: number, minColumns: number): number {
  let end = at + 1
  for (let next = end; next < lines.length; next++) {
    const text = lines[next]?.text ?? ''
    if (text.trim() === '') continue
    const isInside = indentOf({ text }) >= minColumns
    const continues = next === end && !interruptsParagraph(text) && !itemPattern.test(text)
    // Blank lines before a further item belong to the list, those before anything else do not.
    if (!isInside && !continues) return itemPattern.test(text) ? next : end
    end = next + 1
  }
  return end
}

function endOfRun(lines: readonly Line[], at: number, belongs: (text: string) => boolean): number {
  let end = at + 1
  while (end < lines.length && belongs(lines[end]?.text ?? '')) end++
  return end
}

/** A number in front of a line of prose is no list unless it is 1. */
function interruptsParagraph(text: string): boolean {
  const patterns = [fencePattern, headingPattern, rulePattern, quotePattern, tablePattern, /^[ \t]*(?:[-*+]|1[.)])[ \t]+\S/]
  return patterns.some((pattern) => pattern.test(text))
}

function isBlank(line: Line | undefined): boolean {
  return line === undefined || line.text.trim() === ''
}

function cutFront(line: Line, length: number): Line {
  return { text: line.text.slice(length), start: line.start + length }
}

function columns(blank: string): number {
  return [...blank].reduce((sum, character) => sum + (character === '\t' ? 4 : 1), 0)
}

/** In columns; 0 for a blank line. */
function indentOf({ text }: { readonly text: string }): number {
  return text.trim() === '' ? 0 : columns(/^[ \t]*/.exec(text)?.[0] ?? '')
}

function stripIndent(line: Line, width: number): Line {
  let length = 0
  while (length < line.text.length && /[ \t]/.test(line.text.charAt(length)) && columns(line.text.slice(0, length + 1)) <= width) length++
  return cutFront(line, length)
}
