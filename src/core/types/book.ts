import type { BookId, SectionId } from './brand.js'

/** What a book was read from. Everything but Markdown is imported to Markdown first. */
export type BookFormat = 'markdown' | 'pdf'

/** One file of a book as it was read. All offsets and lines of sections and passages count in `text`. */
export interface SourceFile {
  /** Relative to the corpus folder, with forward slashes. */
  readonly path: string
  /** Decoded text: byte order mark removed, line endings kept. For a PDF, the Markdown made from it. */
  readonly text: string
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly sha256: string
}

/**
 * A heading and its own text, up to the next heading of any level. `startOffset` is the first character of the heading
 * (or of the file, for text before any heading), `endOffset` one past the last character; UTF-16 code units.
 * Lines are 1-based and inclusive.
 */
export interface Section {
  readonly id: SectionId
  readonly parentId?: SectionId
  readonly title: string
  /** 1 to 6; 0 for text that stands before the first heading of its file. */
  readonly level: number
  /** Titles from the chapter down to this section, this one last. The book's title is not part of it. */
  readonly headingPath: readonly string[]
  readonly file: string
  readonly startOffset: number
  /** Where the text below the heading begins. */
  readonly bodyOffset: number
  readonly endOffset: number
  readonly startLine: number
  readonly endLine: number
  /** How learners ask for this section, from an `asks` comment under its heading. */
  readonly asks: readonly string[]
  /** Page of the original, 1-based, for formats that have pages. */
  readonly page?: number
}

export interface Book {
  readonly id: BookId
  readonly title: string
  readonly authors: readonly string[]
  readonly edition?: string
  readonly year?: number
  readonly format: BookFormat
  /** The file's name in the corpus folder, or the folder's name with a slash behind it. */
  readonly name: string
  readonly files: readonly SourceFile[]
  /** All sections in reading order; the tree is told by `parentId`. */
  readonly sections: readonly Section[]
}
