import type { Notice } from '../types/answer.js'
import type { BookFormat } from '../types/book.js'

/** The files of one book, in reading order. */
export interface BookListing {
  /** The file's name in the corpus folder, or the folder's name with a slash behind it. */
  readonly name: string
  /** Relative to the corpus folder, with forward slashes. */
  readonly paths: readonly string[]
  /** Path of the book's SUMMARY.md when it has one; it orders the files and is not read as text. */
  readonly summaryPath?: string
}

/** One file, decoded to text; for a PDF, the Markdown made from it. */
export interface ReadFile {
  readonly path: string
  readonly format: BookFormat
  /** Byte order mark removed, line endings kept. */
  readonly text: string
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly sha256: string
  /** Where each page of the original begins in `text`, for formats that have pages. */
  readonly pages?: readonly { readonly page: number; readonly startOffset: number }[]
  /** What the file says of itself outside its text, such as PDF metadata. */
  readonly metadata?: { readonly title?: string; readonly authors?: readonly string[]; readonly year?: number }
}

export type FileReading = { readonly kind: 'read'; readonly file: ReadFile } | { readonly kind: 'left-out'; readonly notice: Notice }

/** Where books come from. */
export interface BookSource {
  /** For messages: the corpus folder. */
  readonly location: string
  /** All books, by name. Rejects with CORPUS_MISSING or CORPUS_EMPTY. Files that are no books become notices. */
  listBooks(): Promise<{ readonly books: readonly BookListing[]; readonly notices: readonly Notice[] }>
  /** SHA-256 of the file's bytes, hexadecimal; undefined when it cannot be read. */
  hashFile(path: string): Promise<string | undefined>
  /** A file that cannot be used is left out with a notice that names it; only broken parts of ours reject. */
  readFile(path: string): Promise<FileReading>
}
