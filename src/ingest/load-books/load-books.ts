import { AppError } from '../../core/errors/app-error.js'
import type { BookSource } from '../../core/ports/book-source.js'
import type { Notice } from '../../core/types/answer.js'
import type { Book } from '../../core/types/book.js'
import { createBookIds } from './create-book-ids.js'
import { loadBook } from './load-book.js'

export interface LoadBooksOptions {
  readonly signal?: AbortSignal
  /** Counts books. */
  readonly onProgress?: (progress: { readonly step: 'load'; readonly done: number; readonly total: number }) => void
}

/**
 * All books of a source in its order, with a notice for everything that was left out or is doubtful. Rejects with CORPUS_MISSING,
 * with CORPUS_EMPTY when no book has text, and with the signal's reason when cancelled.
 */
export async function loadBooks(
  source: BookSource,
  options: LoadBooksOptions = {},
): Promise<{ readonly books: readonly Book[]; readonly notices: readonly Notice[] }> {
  const listed = await source.listBooks()
  const ids = createBookIds(listed.books.map((listing) => listing.name))
  const notices: Notice[] = [...listed.notices]
  const books: Book[] = []
  for (const [at, listing] of listed.books.entries()) {
    options.signal?.throwIfAborted()
    options.onProgress?.({ step: 'load', done: at, total: listed.books.length })
    const loaded = await loadBook(listing, source, ids[at])
    notices.push(...loaded.notices)
    if (loaded.book !== undefined) books.push(loaded.book)
  }
  options.onProgress?.({ step: 'load', done: listed.books.length, total: listed.books.length })
  if (books.length === 0) throw toCorpusEmpty(source, notices)
  return { books, notices }
}

/** An error names this many of the files that were left out. */
const mostReasons = 5

function toCorpusEmpty(source: BookSource, notices: readonly Notice[]): AppError {
  const reasons = notices
    .slice(0, mostReasons)
    .map((notice) => notice.text)
    .join(' ')
  return new AppError('CORPUS_EMPTY', { path: source.location, reasons }, new Error(reasons))
}
