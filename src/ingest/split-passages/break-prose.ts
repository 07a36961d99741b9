import { measureText } from './measure-text.js'
import type { Range } from './scan-blocks.js'

const separators = ['\n\n', '\n', '. ', '? ', '! ', '; ', ', ', '。', '，', ' ', '']
// The splitter looks at each character of a text without blanks: far longer texts are handed to it in parts.
const maxPartLength = 50_000

/**
 * Cuts a slice that is too large by itself into pieces of about `maxWords`, at the end of a line or sentence where it can. The pieces
 * follow each other without a gap and together are the slice. This is the one place where positions are searched: the splitter hands
 * back bare strings.
 */
export async function breakProse(text: string, range: Range, maxWords: number): Promise<readonly Range[]> {
  // Only books with oversized blocks pay for the import.
  const { RecursiveCharacterTextSplitter } = await import('@langchain/textsplitters')
  const perWord = (range.end - range.start) / Math.max(1, measureText(text, range))
  const chunkSize = Math.max(20, Math.floor(perWord * maxWords))
  const splitter = new RecursiveCharacterTextSplitter({ chunkSize, chunkOverlap: 0, keepSeparator: true, separators })
  const cuts = [range.start]
  for (const part of toParts(text, range)) {
    const pieces = await splitter.splitText(text.slice(part.start, part.end))
    for (const cut of findCuts(text, part, pieces)) cuts.push(cut)
  }
  return [...new Set(cuts.filter((cut) => cut < range.end))].map((start, at, all) => ({ start, end: all[at + 1] ?? range.end }))
}

function toParts(text: string, { start, end }: Range): readonly Range[] {
  const parts: Range[] = []
  for (let at = start; at < end; ) {
    const next = at + maxPartLength >= end ? end : toCharacterStart(text, toBlank(text, at + maxPartLength))
    parts.push({ start: at, end: next })
    at = next
  }
  return parts
}

function toBlank(text: string, at: number): number {
  for (let back = at; back > at - 1000; back--) if (/\s/.test(text[back - 1] ?? '')) return back
  return at
}

// The cursor only moves forward, so that a piece that stands in the text twice is found where it was taken from.
function findCuts(text: string, part: Range, pieces: readonly string[]): readonly number[] {
  let cursor = part.start
  return pieces.map((piece) => {
    const at = text.indexOf(piece, cursor)
    cursor = at + piece.length
    return toCharacterStart(text, toSentenceStart(text, at))
  })
}

// The splitter leaves a separator at the head of the piece that follows it; the reader expects it at the end of the sentence.
function toSentenceStart(text: string, at: number): number {
  const mark = /^(?:[.?!;,]\s+|[。，]\s*)/.exec(text.slice(at, at + 20))
  return at + (mark?.[0].length ?? 0)
}

function toCharacterStart(text: string, at: number): number {
  const isInPair = /[\uDC00-\uDFFF]/.test(text[at] ?? '') && /[\uD800-\uDBFF]/.test(text[at - 1] ?? '')
  const isInLineEnd = text[at] === '\n' && text[at - 1] === '\r'
  return isInPair || isInLineEnd ? at - 1 : at
}
