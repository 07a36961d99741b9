import type { Embedder } from '../../core/ports/embedder.js'

/** What a window is made of: a passage's headings and its cleaned text. */
export interface WindowSource {
  readonly headingPath: readonly string[]
  readonly cleanText: string
}

/** What cutting asks of the embedder. */
export type WindowMeasure = Pick<Embedder, 'countTokens' | 'maxWindowTokens'>

/** A slice of the text with the word pieces it takes. */
interface Piece {
  readonly start: number
  readonly end: number
  readonly tokens: number
}

const headingSeparator = ' › '
/** Part of a window that headings may take; more would make windows of one section look alike. */
const maxHeadingShare = 1 / 3

/**
 * The texts that are embedded for one passage, in order: its heading path, then a run of its lines, sentences or, where these
 * are too long, words. Together they hold all of `cleanText`; none exceeds the embedder's window. A passage without text gives
 * its headings alone.
 */
export function cutWindows({ headingPath, cleanText }: WindowSource, measure: WindowMeasure): readonly string[] {
  const prefix = toPrefix(headingPath, measure)
  const limits = { text: cleanText, measure, maxTokens: measure.maxWindowTokens - measure.countTokens(prefix) }
  const whole = { start: 0, end: cleanText.length, tokens: 0 }
  const runs = joinPieces(splitToFit(whole, limits), limits)
  const bodies = runs.map(({ start, end }) => cleanText.slice(start, end).trim()).filter((body) => body !== '')
  return bodies.length > 0 ? bodies.map((body) => prefix + body) : [prefix.trim()].filter((text) => text !== '')
}

/** `Chapter › Section: `, with headings dropped from the top, and then words of the last one, until it is short enough. */
function toPrefix(headingPath: readonly string[], { countTokens, maxWindowTokens }: WindowMeasure): string {
  const limit = Math.floor(maxWindowTokens * maxHeadingShare)
  const lastHeading = (headingPath.at(-1) ?? '').split(/\s+/)
  const candidates = [
    ...headingPath.map((_, from) => headingPath.slice(from).join(headingSeparator)),
    ...lastHeading.map((_, from) => lastHeading.slice(from).join(' ')),
  ]
  const heading = candidates.find((text) => countTokens(`${text}: `) <= limit)
  return heading === undefined || heading.trim() === '' ? '' : `${heading}: `
}

interface Limits {
  readonly text: string
  readonly measure: WindowMeasure
  readonly maxTokens: number
}

/** Where a text may be cut, best first: behind a line, behind a sentence, behind a word. */
const borders = [/\n+/g, /[.!?:;]["'”’)\]]*\s+/g, /\s+/g] as const

/** Pieces that each fit, cut at the best border that makes them fit; they follow each other without a gap. */
function splitToFit(range: Piece, limits: Limits, level = 0): readonly Piece[] {
  const { text } = limits
  const border = borders[level]
  const slices = border === undefined ? halve(text, range) : splitBehind(text, range, border)
  return slices.flatMap((slice) => {
    const tokens = limits.measure.countTokens(text.slice(slice.start, slice.end))
    // A single character that does not fit cannot be cut further; `embed` refuses it.
    const isWhole = tokens <= limits.maxTokens || slice.end - slice.start <= 1
    return isWhole ? [{ ...slice, tokens }] : splitToFit({ ...slice, tokens }, limits, level + 1)
  })
}

function splitBehind(text: string, { start, end }: Piece, border: RegExp): readonly Piece[] {
  const cuts = [...text.slice(start, end).matchAll(border)].map((match) => start + match.index + match[0].length)
  const ends = [...cuts.filter((cut) => cut < end), end]
  return ends.map((cut, index) => ({ start: ends[index - 1] ?? start, end: cut, tokens: 0 }))
}

function halve(text: string, { start, end }: Piece): readonly Piece[] {
  let middle = Math.ceil((start + end) / 2)
  // Never between the two halves of one character.
  if (/[\uDC00-\uDFFF]/.test(text[middle] ?? '') && middle + 1 < end) middle++
  return [
    { start, end: middle, tokens: 0 },
    { start: middle, end, tokens: 0 },
  ].filter((piece) => piece.start < piece.end)
}

/** Runs of pieces, as long as fit. Halves of a word stay apart: together they would be other word pieces. */
function joinPieces(pieces: readonly Piece[], limits: Limits): readonly Piece[] {
  const runs: Piece[] = []
  for (const piece of pieces) {
    const last = runs.at(-1)
    const fits = last !== undefined && last.tokens + piece.tokens <= limits.maxTokens && /\s/.test(limits.text[last.end - 1] ?? '')
    if (fits) runs[runs.length - 1] = { start: last.start, end: piece.end, tokens: last.tokens + piece.tokens }
    else runs.push(piece)
  }
  return runs.flatMap((run) => checkRun(run, limits))
}

// The sum of the pieces may be too low where the tokenizer drops a character that we take for a space, such as a form feed.
function checkRun(run: Piece, limits: Limits): readonly Piece[] {
  const tokens = limits.measure.countTokens(limits.text.slice(run.start, run.end))
  if (tokens <= limits.maxTokens || run.end - run.start <= 1) return [run]
  return halve(limits.text, run).flatMap((half) => checkRun(half, limits))
}
