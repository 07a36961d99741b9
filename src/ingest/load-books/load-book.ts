import GithubSlugger from 'github-slugger'
import type { BookListing, BookSource, ReadFile } from '../../core/ports/book-source.js'
import type { Notice } from '../../core/types/answer.js'
import type { Book, Section } from '../../core/types/book.js'
import type { BookId } from '../../core/types/brand.js'
import { buildSections } from './build-sections.js'
import { findSummaryTitle, findTitleHeading, isTitlePage, toChapterTitle } from './choose-title.js'
import { cleanHeading } from './clean-heading.js'
import { createBookIds } from './create-book-ids.js'
import { findHeadings, type Heading } from './find-headings.js'
import { type BookName, readBookName, toReadableName } from './read-book-name.js'
import { type FrontMatter, readFrontMatter } from './read-front-matter.js'

export interface LoadedBook {
  /** Absent when none of its files has text. */
  readonly book?: Book
  readonly notices: readonly Notice[]
}

interface Chapter {
  readonly file: ReadFile
  readonly fields: FrontMatter
  readonly headings: readonly Heading[]
  /** Where the text begins behind the front matter. */
  readonly textOffset: number
}

interface BookParts {
  readonly listing: BookListing
  readonly chapters: readonly Chapter[]
  readonly summary: Chapter | undefined
  readonly name: BookName
}

/**
 * Reads the files of one book and finds its title, authors, year and sections. Files that cannot be used are left out, each with a
 * notice that names it. The id is given by the caller where several books must be told apart.
 */
export async function loadBook(listing: BookListing, source: BookSource, id = createBookIds([listing.name])[0]): Promise<LoadedBook> {
  const notices: Notice[] = []
  const chapters: Chapter[] = []
  for (const path of listing.paths) {
    const read = await readChapter(path, source)
    notices.push(...read.notices)
    if (read.chapter !== undefined) chapters.push(read.chapter)
  }
  const summary = listing.summaryPath === undefined ? undefined : await readChapter(listing.summaryPath, source)
  notices.push(...(summary?.notices ?? []))
  if (chapters.length === 0 || id === undefined) return { notices }
  const name = readBookName(listing.name.replace(/\/$|\.(?:md|markdown|pdf)$/i, ''))
  return { book: toBook({ listing, chapters, summary: summary?.chapter, name }, id), notices }
}

async function readChapter(path: string, source: BookSource): Promise<{ chapter?: Chapter; notices: readonly Notice[] }> {
  const reading = await source.readFile(path)
  if (reading.kind === 'left-out') return { notices: [reading.notice] }
  const { file } = reading
  const { fields, endOffset, problem } = file.format === 'pdf' ? { fields: {}, endOffset: 0 } : readFrontMatter(file.text)
  const notices = problem === undefined ? [] : [toBrokenFrontMatter(path, problem)]
  if (file.text.slice(endOffset).trim() === '') {
    return { notices: [...notices, { code: 'FILE_NO_TEXT', text: `"${path}" has front matter but no text.` }] }
  }
  const blanked = file.text.slice(0, endOffset).replace(/[^\r\n]/g, ' ') + file.text.slice(endOffset)
  return { chapter: { file, fields, headings: findHeadings(blanked), textOffset: endOffset }, notices }
}

function toBrokenFrontMatter(path: string, problem: string): Notice {
  return {
    code: 'FRONT_MATTER_UNREADABLE',
    text: `The front matter of "${path}" is not valid YAML: ${problem} Its text was read all the same.`,
  }
}

function toBook(parts: BookParts, id: BookId): Book {
  const { listing, chapters, summary, name } = parts
  const title = chooseTitle(parts)
  const sources = [summary, ...(isFolder(listing) ? chapters.filter(({ file }) => isTitlePage(file.path)) : chapters)]
  const first = <Value>(pick: (fields: FrontMatter) => Value | undefined) =>
    sources.map((chapter) => chapter && (pick(chapter.fields) ?? pick(chapter.file.metadata ?? {}))).find((value) => value !== undefined)
  const edition = first((fields) => fields.edition) ?? name.edition
  const year = first((fields) => fields.year) ?? name.year
  return {
    id,
    title,
    authors: first((fields) => fields.authors) ?? name.authors,
    ...(edition === undefined ? {} : { edition }),
    ...(year === undefined ? {} : { year }),
    format: chapters.every(({ file }) => file.format === 'pdf') ? 'pdf' : 'markdown',
    name: listing.name,
    files: chapters.map(({ file: { path, text, sha256 } }) => ({ path, text, sha256 })),
    sections: toSections(parts, title),
  }
}

function isFolder(listing: BookListing): boolean {
  return listing.name.endsWith('/')
}

function chooseTitle({ listing, chapters, summary, name }: BookParts): string {
  const [first] = chapters
  if (!isFolder(listing)) {
    return first?.fields.title ?? first?.file.metadata?.title ?? findTitleHeading(first?.headings ?? []) ?? name.title
  }
  const own = summary?.fields.title ?? findSummaryTitle(summary?.headings ?? [])
  const titlePage = chapters.find(({ file }) => isTitlePage(file.path) && file.path.split('/').length <= 2)
  return own ?? titlePage?.fields.title ?? findTitleHeading(titlePage?.headings ?? []) ?? toReadableName(name.title)
}

function toSections({ listing, chapters, summary }: BookParts, bookTitle: string): readonly Section[] {
  const slugger = new GithubSlugger()
  const linkTexts = readLinkTexts(summary)
  return chapters.flatMap(({ file, fields, headings, textOffset }) => {
    const chapterTitle = fields.title ?? file.metadata?.title ?? linkTexts.get(file.path) ?? toChapterTitle(file.path)
    return buildSections({
      file,
      headings,
      textOffset,
      bookTitle,
      title: isFolder(listing) ? chapterTitle : bookTitle,
      isChapter: isFolder(listing) && headings.every((heading) => heading.level > 1),
      toSlug: (title) => slugger.slug(title),
    })
  })
}

/** What a SUMMARY.md calls each file. */
function readLinkTexts(summary: Chapter | undefined): ReadonlyMap<string, string> {
  if (summary === undefined) return new Map()
  const folder = summary.file.path.replace(/[^/]+$/, '')
  const links = summary.file.text.matchAll(/\[([^\][\n]+)\]\((?:\.\/)?([^)\s#]+)/g)
  return new Map([...links].map(([, text = '', target = '']) => [`${folder}${target}`, cleanHeading(text)]))
}
