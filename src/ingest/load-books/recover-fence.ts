import type { Env, MarkdownIt, ParserBlock, StateBlock } from 'markdown-it'

type BlockRule = Parameters<ParserBlock['ruler']['at']>[1]

interface OpenFence {
  readonly marker: number
  readonly length: number
}

const backtick = 0x60
const tilde = 0x7e

/** Up to which line no proper end was found for a fence of this length. */
interface Endless {
  readonly length: number
  readonly untilLine: number
}

/**
 * Teaches a parser to survive a code fence that is opened with more marks than it is closed with: CommonMark would take all the rest
 * of the file for code. When no proper end follows, the first shorter one counts as the end.
 */
export function recoverFences(parser: MarkdownIt): void {
  // Remembered per parse, so that a text of nothing but such fences is not searched to its end once for each.
  const searched = new WeakMap<Env, Map<string, Endless>>()
  const rule: BlockRule = (state, startLine, ...[endLine, silent]) => {
    const opening = readMarks(state, startLine)
    if (opening === undefined || !isOpening(state, startLine, opening)) return false
    if (silent) return true
    const known = searched.get(state.env) ?? new Map<string, Endless>()
    searched.set(state.env, known)
    pushFence(state, { opening, startLine, ...findEnd(state, { opening, startLine, endLine, known }) })
    return true
  }
  parser.block.ruler.at('fence', rule, { alt: ['paragraph', 'reference', 'blockquote', 'list'] })
}

function readMarks(state: StateBlock, line: number): OpenFence | undefined {
  if ((state.sCount[line] ?? 0) - state.blkIndent >= 4) return undefined
  const start = textStart(state, line)
  const marker = state.src.charCodeAt(start)
  if (marker !== backtick && marker !== tilde) return undefined
  const length = state.skipChars(start, marker) - start
  return length < 3 ? undefined : { marker, length }
}

function isOpening(state: StateBlock, line: number, { marker, length }: OpenFence): boolean {
  const info = state.src.slice(textStart(state, line) + length, state.eMarks[line])
  return marker !== backtick || !info.includes('`')
}

interface Search {
  readonly opening: OpenFence
  readonly startLine: number
  readonly endLine: number
  readonly known: Map<string, Endless>
}

function findEnd(state: StateBlock, { opening, startLine, endLine, known }: Search): { closingLine: number; closed: boolean } {
  const key = `${opening.marker} ${state.blkIndent}`
  const earlier = known.get(key)
  const isEndless = earlier !== undefined && opening.length >= earlier.length && startLine < earlier.untilLine
  let shorter: number | undefined
  let line = startLine + 1
  for (; line < endLine && !isOutdented(state, line); line++) {
    const length = closingLength(state, line, opening.marker)
    if (length >= opening.length) return { closingLine: line, closed: true }
    if (length > 0) shorter ??= line
    if (isEndless && shorter !== undefined) return { closingLine: shorter, closed: true }
  }
  known.set(key, { length: opening.length, untilLine: line })
  return { closingLine: shorter ?? line, closed: shorter !== undefined }
}

function isOutdented(state: StateBlock, line: number): boolean {
  return textStart(state, line) < (state.eMarks[line] ?? 0) && (state.sCount[line] ?? 0) < state.blkIndent
}

/** How many marks a closing line has; 0 when the line closes nothing. */
function closingLength(state: StateBlock, line: number, marker: number): number {
  const marks = readMarks(state, line)
  if (marks?.marker !== marker) return 0
  const rest = state.skipSpaces(textStart(state, line) + marks.length)
  return rest < (state.eMarks[line] ?? 0) ? 0 : marks.length
}

function pushFence(
  state: StateBlock,
  { opening, startLine, closingLine, closed }: { opening: OpenFence; startLine: number; closingLine: number; closed: boolean },
): void {
  const start = textStart(state, startLine)
  state.line = closingLine + Number(closed)
  const token = state.push('fence', 'code', 0)
  token.markup = state.src.slice(start, start + opening.length)
  token.info = state.src.slice(start + opening.length, state.eMarks[startLine])
  token.content = state.getLines(startLine + 1, closingLine, state.sCount[startLine] ?? 0, true)
  token.map = [startLine, state.line]
}

function textStart(state: StateBlock, line: number): number {
  return (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0)
}
