import { createHash } from 'node:crypto'
import type { Book, Section } from '../../core/types/book.js'
import { toPassageId } from '../../core/types/brand.js'
import type { Passage } from '../../core/types/passage.js'
import { cleanText } from './clean-text.js'
import { cutSection, type SectionCut } from './cut-section.js'

/**
 * A book as passages in reading order, each of about 120 to 220 words and inside one section. They never overlap; headings, comments,
 * shortcodes, bare pictures and lists of links are no part of any. A passage keeps its id as long as its book, its heading path and
 * its text stay, whatever changes around it. Pure; a promise only because oversized blocks are cut by a splitter that answers later.
 */
export async function splitPassages(book: Book): Promise<readonly Passage[]> {
  const texts = new Map(book.files.map((file) => [file.path, file.text]))
  const nameId = createIdNamer(book.id)
  const passages: Passage[] = []
  for (const section of book.sections) {
    const text = texts.get(section.file) ?? ''
    const cut = await cutSection(text, { start: section.bodyOffset, end: section.endOffset })
    const toLines = createLineCounter(text, section)
    for (const range of cut.passages) passages.push(toPassage(range, { book, section, text, toLines, nameId }))
  }
  return passages
}

interface PassageParts {
  readonly book: Book
  readonly section: Section
  readonly text: string
  readonly toLines: (range: SectionCut) => Pick<Passage, 'startLine' | 'endLine'>
  readonly nameId: (headingPath: readonly string[], text: string) => string
}

function toPassage(range: SectionCut, { book, section, text, toLines, nameId }: PassageParts): Passage {
  const slice = text.slice(range.start, range.end)
  return {
    id: toPassageId(nameId(section.headingPath, slice)),
    bookId: book.id,
    sectionId: section.id,
    file: section.file,
    headingPath: section.headingPath,
    startOffset: range.start,
    endOffset: range.end,
    ...toLines(range),
    ...(section.page === undefined ? {} : { page: section.page }),
    text: slice,
    cleanText: cleanText(slice, range.context),
  }
}

/** Passages come in order, so that each line of a section is counted once. */
function createLineCounter(text: string, section: Section): PassageParts['toLines'] {
  const lineEnd = /\r\n?|\n/g
  lineEnd.lastIndex = section.startOffset
  let line = section.startLine
  let next = lineEnd.exec(text)
  const lineAt = (offset: number) => {
    for (; next !== null && lineEnd.lastIndex <= offset; next = lineEnd.exec(text)) line += 1
    return line
  }
  return ({ start, end }) => ({ startLine: lineAt(start), endLine: lineAt(end - 1) })
}

/** Sixteen hexadecimal digits: with a million passages the odds of two alike are below one in ten million. */
function createIdNamer(bookId: string): PassageParts['nameId'] {
  const seen = new Map<string, number>()
  return (headingPath, text) => {
    const content = JSON.stringify([bookId, headingPath, text])
    const hash = toHash(content)
    const occurrence = (seen.get(hash) ?? 0) + 1
    seen.set(hash, occurrence)
    return occurrence === 1 ? hash : toHash(`${content} ${occurrence}`)
  }
}

function toHash(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16)
}
