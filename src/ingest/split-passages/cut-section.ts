import { breakBlock, type Piece } from './break-block.js'
import type { CutContext } from './clean-text.js'
import { groupPieces, maxPassageWords } from './group-pieces.js'
import { isWorthReading } from './judge-block.js'
import { measureText } from './measure-text.js'
import { type Block, type Range, scanBlocks } from './scan-blocks.js'

export interface SectionCut extends Range {
  readonly context: CutContext
}

export interface CutSection {
  /** Ranges of passages, in order. */
  readonly passages: readonly SectionCut[]
  /** What was left out on purpose: separators, comments, shortcodes, bare pictures, lists of links. */
  readonly leftOut: readonly Range[]
}

// So little may stand inside a passage without a word of its own; it is gone from the cleaned text.
const maxSpannedWords = 25

/** Cuts the text below one heading into passages. Every character that is not blank is in a passage or in what was left out. */
export async function cutSection(text: string, body: Range): Promise<CutSection> {
  const passages: SectionCut[] = []
  const leftOut: Range[] = []
  let run: Block[] = []
  const closeRun = async () => {
    for (const passage of await cutRun(text, run)) passages.push(passage)
    run = []
  }
  let waiting: Block[] = []
  for (const block of scanBlocks(text, body)) {
    if (!isWorthReading(text, block)) {
      waiting.push(block)
      continue
    }
    if (run.length > 0 && sumWords(text, waiting) <= maxSpannedWords) {
      for (const other of waiting) run.push(other)
    } else {
      for (const other of waiting) leftOut.push(other)
      await closeRun()
    }
    waiting = []
    run.push(block)
  }
  await closeRun()
  return { passages, leftOut: [...leftOut, ...waiting] }
}

function sumWords(text: string, blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + measureText(text, block), 0)
}

async function cutRun(text: string, blocks: readonly Block[]): Promise<readonly SectionCut[]> {
  const pieces: Piece[] = []
  for (const block of blocks) {
    for (const piece of await breakBlock(text, block, maxPassageWords)) pieces.push(piece)
  }
  return groupPieces(pieces).flatMap((group) => {
    const [first] = group
    const range = trimBlankEdges(text, { start: first?.start ?? 0, end: group.at(-1)?.end ?? 0 })
    return first === undefined || range.start >= range.end ? [] : [{ ...range, context: first.context }]
  })
}

// The indentation of the first line stays, for it may be code.
function trimBlankEdges(text: string, { start, end }: Range): Range {
  const slice = text.slice(start, end)
  const blankLines = /^(?:[^\S\r\n]*(?:\r\n?|\n))*/.exec(slice)?.[0].length ?? 0
  const trimmed = slice.trimEnd().length
  return { start: start + blankLines, end: start + Math.max(blankLines, trimmed) }
}
