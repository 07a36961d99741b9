import { splitSentences, type TextRange, trimRange } from './split-sentences.js'

/** A piece of a text. `start` and `end` are UTF-16 offsets into the text that was split. */
export interface QuotableUnit extends TextRange {
  readonly kind: 'sentence' | 'item' | 'quote' | 'table' | 'row' | 'code'
  readonly text: string
  /** Number of the paragraph, list or block that it stands in; neighbours in one block read on. */
  readonly block: number
}

type Block = TextRange & { readonly kind: 'paragraph' | 'item' | 'quote' | 'table' | 'code' | 'other' }

const fence = /^ {0,3}(`{3,}|~{3,})/
const listMark = /^\s*(?:[-*+]|\d{1,9}[.)])\s+/
const listItem = /^\s*(?:[-*+]|\d{1,9}[.)])\s+\S/
const alertMark = /^\s*>\s*\[!\w+\]\s*$/
const inlineTags = 'a|abbr|b|bdi|bdo|br|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var'
// Comments, shortcodes, components, block tags, separators and lone images say nothing that could be quoted.
const unquotable = new RegExp(
  String.raw`^\s*(?:<!--|\{%|</?(?!(?:${inlineTags})\b)[A-Za-z]|---+\s*$|\*\*\*+\s*$|\\newpage|!\[[^\]]*\]\([^)]*\)\s*$|#{1,6}\s)`,
)

/**
 * What can be quoted whole: sentences, list items, block quotes, tables and fenced code of a Markdown text, in order and never
 * overlapping; each is an exact slice. A fence without its end is left out: quoted, it would swallow what follows.
 */
export function splitUnits(text: string): readonly QuotableUnit[] {
  return splitBlocks(text).flatMap((block, number) => toUnits(text, block, number))
}

/**
 * Everything that says something, for checking it: sentences of paragraphs, items, quotes, headings and HTML, rows of tables, and
 * code. In order, never overlapping, exact slices.
 */
export function splitStatements(text: string): readonly QuotableUnit[] {
  return splitBlocks(text).flatMap((block, number) => toStatements(text, block, number))
}

function toUnits(text: string, block: Block, number: number): readonly QuotableUnit[] {
  if (block.kind === 'other') return []
  if (block.kind === 'paragraph') return toSentences(text, block, number).filter(hasWords)
  return [toUnit(text, block, { kind: block.kind, block: number })]
}

function toStatements(text: string, block: Block, number: number): readonly QuotableUnit[] {
  if (block.kind === 'code') return [toUnit(text, block, { kind: 'code', block: number })]
  if (block.kind === 'table') return toRows(text, block, number)
  const source = text.slice(block.start, block.end)
  const mark = listMark.exec(source)?.[0].length ?? 0
  const inner = source.search(/^\s*(?:`{3,}|~{3,})/m)
  const words = { start: block.start + mark, end: inner < 0 ? block.end : block.start + inner }
  const code = inner < 0 ? [] : [toUnit(text, { start: words.end, end: block.end }, { kind: 'code', block: number })]
  return [...toSentences(text, words, number), ...code].filter(hasWords)
}

function toSentences(text: string, { start, end }: TextRange, number: number): readonly QuotableUnit[] {
  return splitSentences(text.slice(start, end)).map((range) =>
    toUnit(text, { start: start + range.start, end: start + range.end }, { kind: 'sentence', block: number }),
  )
}

function toRows(text: string, block: Block, number: number): readonly QuotableUnit[] {
  const rows = toLines(text.slice(block.start, block.end))
  return rows
    .map(({ start, end }) => toUnit(text, { start: block.start + start, end: block.start + end }, { kind: 'table', block: number }))
    .filter(hasWords)
}

function hasWords({ text }: QuotableUnit): boolean {
  return /[\p{L}\p{N}]/u.test(text.replace(/<[^<>]*>/g, ''))
}

function toUnit(text: string, range: TextRange, rest: Pick<QuotableUnit, 'kind' | 'block'>): QuotableUnit {
  const { start, end } = trimRange(text, range)
  return { ...rest, start, end, text: text.slice(start, end) }
}

interface Line extends TextRange {
  readonly text: string
}

function splitBlocks(text: string): readonly Block[] {
  const lines = toLines(text)
  const blocks: Block[] = []
  for (let position = 0; position < lines.length; ) {
    const taken = takeBlock(lines, position)
    const first = lines[position]
    const last = lines[taken.next - 1]
    if (taken.kind !== 'blank' && first !== undefined && last !== undefined) {
      blocks.push({ kind: taken.kind, start: first.start, end: last.end })
    }
    position = taken.next
  }
  return blocks
}

type Taken = { readonly kind: Block['kind'] | 'blank'; readonly next: number }

function takeBlock(lines: readonly Line[], position: number): Taken {
  const line = lines[position]?.text ?? ''
  if (line.trim() === '') return { kind: 'blank', next: position + 1 }
  const opening = fence.exec(line)?.[1]
  if (opening !== undefined) return takeFence(lines, position, opening)
  if (/^( {4}|\t)/.test(line)) return { kind: 'other', next: endOfRun(lines, position) }
  if (listItem.test(line)) return takeItem(lines, position)
  if (isTable(lines, position)) return { kind: 'table', next: endOfRun(lines, position) }
  if (line.startsWith('<!--')) return takeComment(lines, position)
  if (/^ {0,3}#{1,6}\s/.test(line)) return { kind: 'other', next: position + 1 }
  if (alertMark.test(line)) return { kind: 'other', next: position + 1 }
  if (/^ {0,3}>/.test(line)) return { kind: 'quote', next: endOfQuote(lines, position) }
  if (unquotable.test(line) || line.startsWith('|')) return { kind: 'other', next: endOfRun(lines, position) }
  return { kind: 'paragraph', next: endOfParagraph(lines, position) }
}

function takeFence(lines: readonly Line[], position: number, opening: string): Taken {
  const mark = opening[0] ?? '`'
  const closing = new RegExp(`^ {0,3}${mark}{${opening.length},}\\s*$`)
  for (let next = position + 1; next < lines.length; next++) {
    if (closing.test(lines[next]?.text ?? '')) return { kind: 'code', next: next + 1 }
  }
  return { kind: 'other', next: lines.length }
}

function takeComment(lines: readonly Line[], position: number): Taken {
  let next = position
  while (next < lines.length && !(lines[next]?.text ?? '').includes('-->')) next++
  return { kind: 'other', next: Math.min(next + 1, lines.length) }
}

// An item ends at the next item, at a blank line that nothing indented follows, or at a fence that is not its own.
function takeItem(lines: readonly Line[], position: number): Taken {
  let next = position + 1
  let hasFence = false
  while (next < lines.length) {
    const line = lines[next]?.text ?? ''
    if (line.trim() === '' || listItem.test(line)) break
    if (fence.test(line.trimStart())) {
      hasFence = true
      break
    }
    next++
  }
  return hasFence && /^\s/.test(lines[next]?.text ?? '') ? { kind: 'item', next: endOfIndentedFence(lines, next) } : { kind: 'item', next }
}

function endOfIndentedFence(lines: readonly Line[], position: number): number {
  for (let next = position + 1; next < lines.length; next++) {
    if (/^\s*(`{3,}|~{3,})\s*$/.test(lines[next]?.text ?? '')) return next + 1
  }
  return lines.length
}

function isTable(lines: readonly Line[], position: number): boolean {
  const delimiter = lines[position + 1]?.text ?? ''
  return (
    (lines[position]?.text ?? '').includes('|') && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(delimiter) && delimiter.includes('-')
  )
}

function endOfRun(lines: readonly Line[], position: number): number {
  let next = position + 1
  while (next < lines.length && (lines[next]?.text ?? '').trim() !== '') next++
  return next
}

function endOfQuote(lines: readonly Line[], position: number): number {
  let next = position + 1
  while (next < lines.length && /^ {0,3}>/.test(lines[next]?.text ?? '')) next++
  return next
}

function endOfParagraph(lines: readonly Line[], position: number): number {
  let next = position + 1
  while (next < lines.length) {
    const line = lines[next]?.text ?? ''
    if (line.trim() === '' || fence.test(line) || listItem.test(line) || /^ {0,3}>/.test(line) || unquotable.test(line)) break
    next++
  }
  return next
}

function toLines(text: string): readonly Line[] {
  const lines: Line[] = []
  for (const match of text.matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
    const line = match[0].replace(/[\r\n]+$/, '')
    if (match[0] !== '') lines.push({ text: line, start: match.index, end: match.index + line.length })
  }
  return lines
}
