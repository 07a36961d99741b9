import type { BookId, PassageId, SectionId } from './brand.js'

/** A slice of a book's file, about 120 to 220 words, inside one section: `text === file.text.slice(startOffset, endOffset)`. */
export interface Passage {
  /** Made from book, heading path and content, so that it stays the same when other parts of the book change. */
  readonly id: PassageId
  readonly bookId: BookId
  readonly sectionId: SectionId
  /** Relative to the corpus folder, with forward slashes. */
  readonly file: string
  readonly headingPath: readonly string[]
  /** UTF-16 code units into the decoded text of `file`. */
  readonly startOffset: number
  readonly endOffset: number
  /** 1-based, inclusive. */
  readonly startLine: number
  readonly endLine: number
  readonly page?: number
  readonly text: string
  /** What is embedded, indexed and prompted: the text without tags, shortcodes and comments, its code kept. Never quoted. */
  readonly cleanText: string
}
