import type { ReadFile } from '../../core/ports/book-source.js'
import type { Section } from '../../core/types/book.js'
import { type SectionId, toSectionId } from '../../core/types/brand.js'
import type { Heading } from './find-headings.js'
import { createLineTable, type LineTable } from './line-table.js'

export interface SectionSource {
  readonly file: ReadFile
  readonly headings: readonly Heading[]
  /** Where the text begins behind the front matter. */
  readonly textOffset: number
  /** What text before the first heading is called. */
  readonly title: string
  readonly bookTitle: string
  /** Whether the file's own title stands above all of its headings, as in a chapter whose title is only in its front matter. */
  readonly isChapter: boolean
  /** Makes ids that are unique in the book. */
  readonly toSlug: (title: string) => string
}

interface Place {
  readonly title: string
  readonly level: number
  readonly startOffset: number
  readonly bodyOffset: number
  readonly endOffset: number
}

interface OpenSection {
  readonly id: SectionId
  readonly level: number
  readonly path: readonly string[]
}

/** The sections of one file in reading order; together they cover the file from its first character to its last. */
export function buildSections(source: SectionSource): readonly Section[] {
  const lines = createLineTable(source.file.text)
  const open: OpenSection[] = []
  return findPlaces(source, lines).map((place) => {
    while ((open.at(-1)?.level ?? -1) >= place.level) open.pop()
    const parent = open.at(-1)
    const headingPath = [...(parent?.path ?? []), place.title]
    const id = toSectionId(source.toSlug(place.title) || source.toSlug('section'))
    if (place.level > 0 || source.isChapter) open.push({ id, level: place.level, path: toPathBelow(place, { headingPath, source }) })
    return toSection(place, { source, lines, id, headingPath, parentId: parent?.id })
  })
}

// `Book › Book › Chapter` reads badly: sections below a heading that only repeats the book's title do not repeat it again.
function toPathBelow(place: Place, { headingPath, source }: { headingPath: readonly string[]; source: SectionSource }): readonly string[] {
  return place.level <= 1 && isSameTitle(place.title, source.bookTitle) ? headingPath.slice(0, -1) : headingPath
}

export function isSameTitle(left: string, right: string): boolean {
  const toKey = (title: string) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  return toKey(left) === toKey(right)
}

function findPlaces(source: SectionSource, lines: LineTable): readonly Place[] {
  const { file, headings, textOffset } = source
  const starts = headings.map((heading) => lines.startOf(heading.startLine))
  const firstStart = starts[0] ?? file.text.length
  const places = headings.map((heading, at) => ({
    title: heading.title,
    level: heading.level,
    startOffset: starts[at] ?? 0,
    bodyOffset: lines.startOf(heading.endLine),
    endOffset: starts[at + 1] ?? file.text.length,
  }))
  const hasText = file.text.slice(textOffset, firstStart).trim() !== ''
  if (!hasText && !source.isChapter) return places
  return [{ title: source.title, level: 0, startOffset: 0, bodyOffset: textOffset, endOffset: firstStart }, ...places]
}

interface SectionParts {
  readonly source: SectionSource
  readonly lines: LineTable
  readonly id: SectionId
  readonly headingPath: readonly string[]
  readonly parentId: SectionId | undefined
}

function toSection(place: Place, { source, lines, id, headingPath, parentId }: SectionParts): Section {
  const { file } = source
  const page = file.pages?.findLast((start) => start.startOffset <= place.startOffset)?.page
  return {
    id,
    ...(parentId === undefined ? {} : { parentId }),
    ...place,
    headingPath,
    file: file.path,
    startLine: lines.lineAt(place.startOffset),
    endLine: lines.lineAt(Math.max(place.startOffset, place.endOffset - 1)),
    asks: readAsks(file.text.slice(place.bodyOffset, place.endOffset)),
    ...(page === undefined ? {} : { page }),
  }
}

// Only comments may stand between the heading and its `asks`.
function readAsks(body: string): readonly string[] {
  const asks = /^(?:\s*<!--(?!\s*asks:)(?:(?!-->)[\s\S])*-->)*\s*<!--\s*asks:((?:(?!-->)[\s\S])*)-->/.exec(body)?.[1] ?? ''
  return asks
    .split(';')
    .map((ask) => ask.replace(/\s+/g, ' ').trim())
    .filter((ask) => ask !== '')
}
