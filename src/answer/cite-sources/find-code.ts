export interface CodeRange {
  readonly start: number
  readonly end: number
  readonly closed: boolean
}

/** Fences and code spans, in order; one that does not end reaches to the end of the text (a span: of its paragraph). */
export function findCode(text: string): readonly CodeRange[] {
  const ranges: CodeRange[] = []
  const opening = /^ {0,3}(`{3,}|~{3,})[^\n]*(?:\n|$)|(`+)/gm
  const paragraphs = new ParagraphEnds(text)
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const range = found[1] === undefined ? endOfSpan(text, found, paragraphs) : endOfFence(text, found, found[1])
    if (range !== undefined) {
      ranges.push(range)
      opening.lastIndex = Math.max(range.end, opening.lastIndex)
    }
  }
  return ranges
}

/** Whether what comes behind the text stands inside a code fence or a code span that has not ended. */
export function endsInsideCode(text: string): boolean {
  return findOpenCode(text) !== undefined
}

/** Ranges in order, asked at places in order. */
export function createCodeTest(ranges: readonly CodeRange[]): (index: number) => boolean {
  let next = 0
  return (index) => {
    while ((ranges[next]?.end ?? Number.POSITIVE_INFINITY) <= index) next++
    return index >= (ranges[next]?.start ?? Number.POSITIVE_INFINITY)
  }
}

/** Tells, while a text grows, whether its end stands inside code, without reading again what can no longer matter. */
export class CodeTracker {
  #tail = ''
  #isInside: boolean | undefined = false

  append(text: string): void {
    this.#tail += text
    if (/[`~\n]/.test(text)) this.#isInside = undefined
  }

  /** `gap` is what will be written next. */
  endsInside(gap: string): boolean {
    const isInside = this.#isInside ?? this.#settle()
    // A fence that seems to have ended goes on when more stands behind its ticks.
    this.#isInside = /[`~][ \t]*$/.test(this.#tail) ? undefined : isInside
    return isInside && gap.includes('\n') ? endsInsideCode(this.#tail + gap) : isInside
  }

  // Closed code never matters again, nor do the lines of a fence that is still open; of the line we are in only its beginning does.
  #settle(): boolean {
    const open = findOpenCode(this.#tail)
    const lineStart = this.#tail.lastIndexOf('\n') + 1
    const line = this.#tail.slice(lineStart)
    const mark = open === undefined ? undefined : /^ {0,3}(`{3,}|~{3,})/.exec(this.#tail.slice(open.start))?.[1]
    const isFence = mark !== undefined && open !== undefined && /(?:^|\n)$/.test(this.#tail.slice(0, open.start))
    if (open === undefined && !/[`~][ \t]*$/.test(line)) this.#tail = line.trim() === '' ? line : 'x'
    else if (isFence && lineStart > open.start) this.#tail = `${mark}\n${line}`
    return open !== undefined
  }
}

function findOpenCode(text: string): CodeRange | undefined {
  const last = findCode(text).at(-1)
  return last !== undefined && last.end === text.length && !last.closed ? last : undefined
}

function endOfFence(text: string, found: RegExpExecArray, ticks: string): CodeRange {
  const closing = new RegExp(`^ {0,3}${ticks[0]}{${ticks.length},}[ \\t]*$`, 'gm')
  closing.lastIndex = found.index + found[0].length
  const end = closing.exec(text)
  return end === null
    ? { start: found.index, end: text.length, closed: false }
    : { start: found.index, end: end.index + end[0].length, closed: true }
}

// Ticks without partners before the paragraph ends are text, unless the text ends there: then the partner may still come.
function endOfSpan(text: string, found: RegExpExecArray, paragraphs: ParagraphEnds): CodeRange | undefined {
  const from = found.index + found[0].length
  const paragraphEnd = paragraphs.after(from)
  for (const ticks of text.slice(from, paragraphEnd ?? text.length).matchAll(/`+/g)) {
    if (ticks[0].length === found[0].length) return { start: found.index, end: from + ticks.index + ticks[0].length, closed: true }
  }
  return paragraphEnd === undefined ? { start: found.index, end: text.length, closed: false } : undefined
}

/** Where the paragraph around a place ends; looked for once per paragraph. Places must come in order. */
class ParagraphEnds {
  readonly #text: string
  #end: number | undefined = -1

  constructor(text: string) {
    this.#text = text
  }

  after(from: number): number | undefined {
    if (this.#end === undefined || this.#end >= from) return this.#end
    const border = /\n[^\S\n]*\n/g
    border.lastIndex = from
    this.#end = border.exec(this.#text)?.index
    return this.#end
  }
}
