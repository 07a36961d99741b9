/** A piece of a text: `text.slice(start, end)`, without white space at its ends. UTF-16 offsets. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

// Made at the first use: it costs 8 ms, and a search needs none.
let segmenter: Intl.Segmenter | undefined
// A full stop behind one of these, or before a lower-case letter, ends no sentence.
const abbreviation = /(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|resp|incl|Fig|Sect|Chap|No|Dr|Mr|Ms|St)\.|\b\p{Lu}\.)\s*$/u

/**
 * Sentences of one paragraph, list item or heading, in order. What stands in code spans, links and quotation marks is never cut.
 * Give it no code fences: they have no sentences.
 */
export function splitSentences(text: string): readonly TextRange[] {
  const masked = maskSpans(text)
  segmenter ??= new Intl.Segmenter('en', { granularity: 'sentence' })
  const ranges: TextRange[] = []
  let start = 0
  for (const { index, segment } of segmenter.segment(masked)) {
    const end = withClosing(masked, index + segment.length)
    if (end < masked.length && !endsSentence(masked, start, end)) continue
    ranges.push(trimRange(text, { start, end }))
    start = end
  }
  return ranges.filter((range) => range.end > range.start)
}

/** The range without the white space at its ends. */
export function trimRange(text: string, { start, end }: TextRange): TextRange {
  let from = start
  let to = end
  while (from < to && /\s/.test(text[from] ?? '')) from++
  while (to > from && /\s/.test(text[to - 1] ?? '')) to--
  return { start: from, end: to }
}

// The segmenter leaves the stars of `**it went.**` to the next sentence.
function withClosing(masked: string, end: number): number {
  return end + (/^[*_"'”’)\]]+(?=\s|$)/u.exec(masked.slice(end, end + 8))?.[0].length ?? 0)
}

function endsSentence(masked: string, start: number, end: number): boolean {
  const before = masked.slice(start, end)
  if (abbreviation.test(before)) return false
  // The segmenter also cuts at a line end; a wrapped line goes on unless a full stop stands there.
  if (!/[.!?:。！？]["'”’)\]*_]*\s*$/u.test(before)) return false
  return !/^\p{Ll}/u.test(masked.slice(end))
}

// Same length, but full stops and line ends inside spans cannot end a sentence.
function maskSpans(text: string): string {
  return text.replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)|\]\([^)\n]*\)/g, (span) => 'x'.repeat(span.length)).replace(/\n(?=\s*\S)/g, ' ')
}
