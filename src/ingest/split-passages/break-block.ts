import { breakProse } from './break-prose.js'
import type { CutContext } from './clean-text.js'
import { createFenceFinder, readFenceMarks } from './fences.js'
import { measureText } from './measure-text.js'
import { type Block, findItemStarts, type Range } from './scan-blocks.js'
import { readTextLines, type TextLines } from './text-lines.js'

/** A stretch that a passage takes as a whole. */
export interface Piece extends Range {
  readonly kind: Block['kind']
  /** In words, as `measureText` counts. */
  readonly size: number
  /** What stands above the piece when it was cut out of a larger block. */
  readonly context: CutContext
}

// Pieces are a little smaller than a passage, so that some of the text around them fits beside them.
const maxCutWords = 180

/**
 * A block as one piece when it fits into `maxWords`, else as several that follow each other: a list by its items, a table by rows, a
 * fence by lines, what is still too large by sentences.
 */
export async function breakBlock(text: string, block: Block, maxWords: number): Promise<readonly Piece[]> {
  const size = measureText(text, block)
  if (size <= maxWords) return [{ ...block, size, context: {} }]
  const cuts = cutBlock(text, block)
  const pieces: Piece[] = []
  for (const cut of cuts) {
    const cutSize = measureText(text, cut)
    if (cutSize <= maxWords) pieces.push({ ...cut, size: cutSize })
    else for (const piece of await breakCut(text, cut, maxWords)) pieces.push(piece)
  }
  return pieces
}

type Cut = Omit<Piece, 'size'>

function cutBlock(text: string, block: Block): readonly Cut[] {
  switch (block.kind) {
    case 'fence':
      return cutLines(text, block, { kind: 'fence', lead: firstLines(text, block, 1) })
    case 'table':
      return cutRows(text, block)
    case 'code':
      return cutLines(text, block, { kind: 'code', lead: '' })
    case 'list':
      return cutAt(findItemStarts(text, block), { ...block, context: {} })
    case 'prose':
    case 'html':
    case 'rule':
      return [{ ...block, context: {} }]
  }
}

async function breakCut(text: string, cut: Cut, maxWords: number): Promise<readonly Piece[]> {
  const parts = cut.kind === 'list' ? cutItem(text, cut) : [cut]
  const pieces: Piece[] = []
  for (const part of parts) {
    const size = measureText(text, part)
    const ranges = size <= maxWords ? [part] : await breakProse(text, part, maxCutWords)
    for (const range of ranges) pieces.push({ ...part, start: range.start, end: range.end, size: measureText(text, range) })
  }
  return pieces
}

/** One item of a list at its blank lines, nested items and fences. */
function cutItem(text: string, item: Range): readonly Cut[] {
  const lines = readTextLines(text, item)
  const findFenceEnd = createFenceFinder(lines)
  const cuts: Cut[] = []
  const context = { isInItem: true }
  let from = 0
  const close = (line: number) => {
    if (line > from) cuts.push({ kind: 'prose', context, ...rangeOf(lines, from, line) })
    from = line
  }
  for (let line = 0; line < lines.count; ) {
    const marks = readFenceMarks(lines, line)
    if (marks === undefined) {
      if (lines.isBlank(line) || /^(?:[-*+]|\d{1,9}[.)])\s/.test(lines.headOf(line))) close(line)
      line += 1
      continue
    }
    close(line)
    const end = findFenceEnd(line, marks)
    const lead = text.slice(lines.startOf(line), lines.endOf(line))
    for (const cut of cutLines(text, rangeOf(lines, line, end), { kind: 'fence', lead, isInItem: true })) cuts.push(cut)
    from = end
    line = end
  }
  close(lines.count)
  return cuts
}

interface LineCut {
  readonly kind: Block['kind']
  readonly lead: string
  readonly isInItem?: boolean
}

/** Groups of lines of about the same size, none larger than need be. */
function cutLines(text: string, range: Range, { kind, lead, isInItem = false }: LineCut): readonly Cut[] {
  const lines = readTextLines(text, range)
  const total = measureText(text, range)
  const target = total / Math.ceil(total / maxCutWords)
  const starts = [range.start]
  let size = 0
  for (let line = 0; line < lines.count; line++) {
    const next = measureText(text, rangeOf(lines, line, line + 1))
    // The closing line of a fence never stands alone.
    if (size > 0 && (size >= target || size + next > maxCutWords) && line < lines.count - 1) {
      starts.push(lines.startOf(line))
      size = 0
    }
    size += next
  }
  return starts.map((start, at) => ({
    kind,
    start,
    end: starts[at + 1] ?? range.end,
    context: { ...(at === 0 || lead === '' ? {} : { lead }), ...(isInItem ? { isInItem } : {}) },
  }))
}

// The head of a table belongs to its first rows, and is read above each of the others.
function cutRows(text: string, table: Block): readonly Cut[] {
  const lines = readTextLines(text, table)
  const starts = Array.from({ length: Math.max(0, lines.count - 3) }, (_row, at) => lines.startOf(at + 3))
  const lead = firstLines(text, table, 2)
  return cutAt([table.start, ...starts], { ...table, context: {} }).map((cut, at) => (at === 0 ? cut : { ...cut, context: { lead } }))
}

function cutAt(starts: readonly number[], whole: Cut): readonly Cut[] {
  const from = starts[0] === whole.start ? starts : [whole.start, ...starts]
  return from.map((start, at) => ({ ...whole, start, end: from[at + 1] ?? whole.end }))
}

function firstLines(text: string, block: Range, count: number): string {
  const lines = readTextLines(text, block)
  return text.slice(block.start, lines.endOf(Math.min(count, lines.count) - 1))
}

function rangeOf(lines: TextLines, from: number, to: number): Range {
  return { start: lines.startOf(from), end: to < lines.count ? lines.startOf(to) : lines.endOf(lines.count - 1) }
}
