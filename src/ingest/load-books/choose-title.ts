import type { Heading } from './find-headings.js'
import { toReadableName } from './read-book-name.js'

const tableOfContents = /^(?:summary|table of contents|contents|toc)$/i

/** The title that a file gives itself by its one H1, when that is its first heading. */
export function findTitleHeading(headings: readonly Heading[]): string | undefined {
  const [first, ...others] = headings
  if (first?.level !== 1 || others.some((heading) => heading.level === 1)) return undefined
  return first.title
}

/** The title that a SUMMARY.md gives the book: its first H1, unless it only says what it is. */
export function findSummaryTitle(headings: readonly Heading[]): string | undefined {
  const title = headings.find((heading) => heading.level === 1)?.title
  return title === undefined || tableOfContents.test(title) ? undefined : title
}

/** A file's name as the title of a chapter. */
export function toChapterTitle(path: string): string {
  const parts = path.split('/')
  const name = (parts.at(-1) ?? path).replace(/\.\w+$/, '')
  // README and index stand for the folder that holds them.
  return toReadableName(/^(?:readme|index|_index)$/i.test(name) ? (parts.at(-2) ?? name) : name)
}

/** Whether a file speaks for the whole folder. */
export function isTitlePage(path: string): boolean {
  return /(?:^|\/)(?:readme|index|_index|title|cover)\.\w+$/i.test(path)
}
