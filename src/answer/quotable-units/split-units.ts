import { splitSentences, type TextRange, trimRange } from './split-sentences.js'

/** The smallest piece that is quoted whole. `start` and `end` are UTF-16 offsets into the text that was split. */
export interface QuotableUnit extends TextRange {
  readonly kind: 'sentence' | 'item' | 'table' | 'code'
  readonly text: string
  /** Number of the paragraph, list or block that it stands in; neighbours in one block read on. */
  readonly block: number
}

type Block = TextRange & { readonly kind: 'paragraph' | 'item' | 'table' | 'code' | 'other' }

const fence = /^ {0,3}(`{3,}|~{3,})/
const listItem = /^\s*(?:[-*+]|\d{1,9}[.)])\s+\S/
// Comments, shortcodes, components, tags on lines of their own, separators and lone images say nothing that could be quoted.
const unquotable = /^\s*(?:<!--|\{%|<\/?[A-Za-z]|---+\s*$|\*\*\*+\s*$|\\newpage|!\[[^\]]*\]\([^)]*\)\s*$|#{1,6}\s)/

/**
 * Sentences, list items, tables and fenced code of a Markdown text, in order and never overlapping; each is an exact slice.
 * A fence without its end is left out: quoted, it would swallow what follows.
 */
export function splitUnits(text: string): readonly QuotableUnit[] {
  return splitBlocks(text).flatMap((block, number) => toUnits(text, block, number))
}

function toUnits(text: string, block: Block, number: number): readonly QuotableUnit[] {
  if (block.kind === 'other') return []
  if (block.kind !== 'paragraph') return [toUnit(text, block, { kind: block.kind, block: number })]
  const paragraph = text.slice(block.start, block.end)
  return splitSentences(paragraph).map(({ start, end }) =>
    toUnit(text, { start: block.start + start, end: block.start + end }, { kind: 'sentence', block: number }),
  )
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
  if (unquotable.test(line) || line.startsWith('>') || line.startsWith('|')) return { kind: 'other', next: endOfRun(lines, position) }
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

function endOfParagraph(lines: readonly Line[], position: number): number {
  let next = position + 1
  while (next < lines.length) {
    const line = lines[next]?.text ?? ''
    if (line.trim() === '' || fence.test(line) || listItem.test(line) || unquotable.test(line)) break
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
