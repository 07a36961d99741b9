import type { Inline, Line } from './markdown-tree.js'

interface Frame {
  /** The delimiter that opened it; empty for the outermost. */
  readonly delimiter: string
  readonly start: number
  readonly children: Inline[]
}

const linkPattern = /\[([^[\]\n]{1,300})\]\((https?:\/\/[^\s()<>]{1,1000})\)/y
const imagePattern = /!\[([^[\]\n]{0,300})\]\([^\s()]{0,1000}\)/y
const markerPattern = /\[(\d{1,3}(?:[ ]?,[ ]?\d{1,3})*)\]/y
const escapePattern = /\\([!-/:-@[-`{-~])/y
const delimiterPattern = /\*{1,3}(?!\*)|_{1,3}(?!_)/y
/** Tags without attributes that course articles use in their sentences; every other tag is shown as text. */
const tagPattern = /<(\/?)(b|strong|i|em|u|s|small|code|tt|kbd|sub|sup)>/iy
const plainPattern = /[^\\`*_[!<]+/y

/** Running text of one paragraph as a tree; what is not closed (yet) stays as it is written. Takes linear time. */
export function parseInline(lines: readonly Line[]): readonly Inline[] {
  const frames: Frame[] = [{ delimiter: '', start: 0, children: [] }]
  lines.forEach((line, index) => {
    if (index > 0) add(frames, lineEnd(lines[index - 1]))
    parseLine(frames, line)
  })
  while (frames.length > 1) closeAsText(frames)
  return frames[0]?.children ?? []
}

/** Two blanks or a backslash at the end of a line break it. */
function lineEnd(line: Line | undefined): Inline {
  const text = line?.text ?? ''
  return text.endsWith('  ') || text.endsWith('\\')
    ? { kind: 'break' }
    : { kind: 'text', text: '\n', start: (line?.start ?? 0) + text.length }
}

function parseLine(frames: Frame[], line: Line): void {
  const text = line.text.endsWith('\\') ? line.text.slice(0, -1) : line.text.trimEnd()
  const unclosed = new Set<number>()
  let at = 0
  while (at < text.length) {
    const start = line.start + at
    const code = matchCode(text, at, unclosed)
    const image = match(imagePattern, text, at)
    const link = match(linkPattern, text, at)
    const marker = match(markerPattern, text, at)
    const escaped = match(escapePattern, text, at)
    const delimiter = match(delimiterPattern, text, at)
    const tag = match(tagPattern, text, at)
    if (code !== undefined) {
      add(frames, { kind: 'code', text: code.text, start: start + code.offset })
      at += code.length
    } else if (image !== undefined) {
      add(frames, { kind: 'text', text: image[1] ?? '', start: start + 2 })
      at += image[0].length
    } else if (link !== undefined) {
      add(frames, { kind: 'link', href: link[2] ?? '', children: [{ kind: 'text', text: link[1] ?? '', start: start + 1 }] })
      at += link[0].length
    } else if (marker !== undefined) {
      for (const n of (marker[1] ?? '').split(',')) add(frames, { kind: 'marker', n: Number(n), text: `[${n.trim()}]` })
      at += marker[0].length
    } else if (escaped !== undefined) {
      add(frames, { kind: 'text', text: escaped[1] ?? '', start: start + 1 })
      at += 2
    } else if (tag !== undefined) {
      takeTag(frames, { source: tag[0], isClosing: tag[1] !== '', name: (tag[2] ?? '').toLowerCase(), start })
      at += tag[0].length
    } else if (delimiter !== undefined) {
      takeDelimiter(frames, { delimiter: delimiter[0], start, before: text[at - 1] ?? ' ', after: text[at + delimiter[0].length] ?? ' ' })
      at += delimiter[0].length
    } else {
      const plain = match(plainPattern, text, at)?.[0] ?? skipRun(text, at)
      add(frames, { kind: 'text', text: plain, start })
      at += plain.length
    }
  }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}

/** A whole run of the same character, so that a long run of back-ticks or stars is passed over at once. */
function skipRun(text: string, at: number): string {
  let end = at + 1
  while (end < text.length && text[end] === text[at] && text[at] !== '[') end++
  return text.slice(at, end)
}

/** A code span ends at the next run of as many back-ticks; lengths that have none further on are searched for only once. */
function matchCode(text: string, at: number, unclosed: Set<number>): { text: string; offset: number; length: number } | undefined {
  if (text[at] !== '`') return undefined
  const ticks = skipRun(text, at).length
  if (unclosed.has(ticks)) return undefined
  for (let open = text.indexOf('`', at + ticks); open !== -1; ) {
    const run = skipRun(text, open).length
    if (run === ticks) {
      const inner = text.slice(at + ticks, open)
      const isPadded = inner.startsWith(' ') && inner.endsWith(' ') && inner.trim() !== ''
      return { text: isPadded ? inner.slice(1, -1) : inner, offset: ticks + (isPadded ? 1 : 0), length: open + run - at }
    }
    open = text.indexOf('`', open + run)
  }
  unclosed.add(ticks)
  return undefined
}

interface Delimiter {
  readonly delimiter: string
  readonly start: number
  readonly before: string
  readonly after: string
}

/** Closes what it can close, else opens what it can open, else is text. Three of them are both kinds at once. */
function takeDelimiter(frames: Frame[], { delimiter, start, before, after }: Delimiter): void {
  const isWordInside = delimiter.startsWith('_') && /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after)
  const parts = delimiter.length === 3 ? [delimiter.slice(0, 2), delimiter.slice(2)] : [delimiter]
  const open = frames.slice(1).map((frame) => frame.delimiter)
  if (!isWordInside && /\S/.test(before) && parts.every((part) => open.includes(part))) {
    // The one opened last is closed first.
    for (const part of parts.toSorted((a, b) => open.lastIndexOf(b) - open.lastIndexOf(a))) closeFrame(frames, part)
  } else if (!isWordInside && /\S/.test(after) && frames.length < 20) {
    for (const part of parts) frames.push({ delimiter: part, start, children: [] })
  } else {
    add(frames, { kind: 'text', text: delimiter, start })
  }
}

interface Tag {
  readonly source: string
  readonly isClosing: boolean
  readonly name: string
  readonly start: number
}

/** A tag that opens nothing, or closes nothing that is open, is text. */
function takeTag(frames: Frame[], { source, isClosing, name, start }: Tag): void {
  const isOpen = frames.some((frame) => frame.delimiter.toLowerCase() === `<${name}>`)
  if (isClosing && isOpen) closeFrame(frames, `<${name}>`)
  else if (!isClosing && frames.length < 20) frames.push({ delimiter: source, start, children: [] })
  else add(frames, { kind: 'text', text: source, start })
}

function closeFrame(frames: Frame[], delimiter: string): void {
  while (frames.length > 1) {
    if (frames.at(-1)?.delimiter.toLowerCase() !== delimiter) {
      closeAsText(frames)
      continue
    }
    const children = frames.pop()?.children ?? []
    const isStrong = delimiter.length === 2 || delimiter === '<b>' || delimiter === '<strong>'
    add(frames, { kind: isStrong ? 'strong' : 'emphasis', children })
    return
  }
}

function closeAsText(frames: Frame[]): void {
  const frame = frames.pop()
  if (frame === undefined) return
  add(frames, { kind: 'text', text: frame.delimiter, start: frame.start })
  for (const child of frame.children) add(frames, child)
}

function add(frames: Frame[], inline: Inline): void {
  frames.at(-1)?.children.push(inline)
}
