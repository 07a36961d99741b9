import { AppError } from '../core/errors/app-error.js'
import { toBookId } from '../core/types/brand.js'
import type { StoredBook, StoredSection } from '../library/index-format.js'
import type { Library } from '../library/library.js'
import type { BookDetail, BookSummary, SectionDetail, SectionSummary } from './pilotbook.js'

/** All books of the index, by name. */
export function describeBooks(library: Library): readonly BookSummary[] {
  const counts = library.countPassages()
  return library.books.map((book) => ({ ...describe(book, counts.get(toBookId(book.id)) ?? 0), sections: book.sections.length }))
}

/** One book with its sections in reading order. Fails with BOOK_UNKNOWN. */
export function describeBook(library: Library, bookId: string): BookDetail {
  const book = findBook(library, bookId)
  const passages = library.countPassages().get(toBookId(book.id)) ?? 0
  return { ...describe(book, passages), sections: book.sections.map((section) => describeSectionOf(book, section)) }
}

/** One section with its text as it was ingested. Fails with BOOK_UNKNOWN or SECTION_UNKNOWN. */
export function describeSection(library: Library, bookId: string, sectionId: string): SectionDetail {
  const book = findBook(library, bookId)
  const position = book.sections.findIndex(({ id }) => id === sectionId)
  const section = book.sections[position]
  if (section === undefined) throw new AppError('SECTION_UNKNOWN', { book: bookId, section: sectionId })
  const { startOffset, endOffset } = section
  const previous = book.sections[position - 1]
  const next = book.sections[position + 1]
  return {
    ...describeSectionOf(book, section),
    book: { id: book.id, title: book.title },
    startOffset,
    endOffset,
    text: library.fileText(fileOf(book, section)).slice(startOffset, endOffset),
    ...(previous === undefined ? {} : { previousId: previous.id }),
    ...(next === undefined ? {} : { nextId: next.id }),
  }
}

function findBook(library: Library, bookId: string): StoredBook {
  const book = library.books.find(({ id }) => id === bookId)
  if (book === undefined) throw new AppError('BOOK_UNKNOWN', { book: bookId, known: library.books.map(({ id }) => id).join(', ') })
  return book
}

function describe(book: StoredBook, passages: number): Omit<BookSummary, 'sections'> {
  const { id, title, authors, edition, year, format, name } = book
  const optional = { ...(edition === undefined ? {} : { edition }), ...(year === undefined ? {} : { year }) }
  return { id, title, authors, ...optional, format, name, files: book.files.map(({ path }) => path), passages }
}

function describeSectionOf(book: StoredBook, section: StoredSection): SectionSummary {
  const { id, parentId, title, level, headingPath, startLine, endLine, page } = section
  const optional = { ...(parentId === undefined ? {} : { parentId }), ...(page === undefined ? {} : { page }) }
  return { id, ...optional, title, level, headingPath, file: fileOf(book, section), startLine, endLine }
}

function fileOf(book: StoredBook, section: StoredSection): string {
  return book.files[section.file]?.path ?? ''
}
