import type { BookListing, BookSource, ReadFile } from '../../../../src/core/ports/book-source.js'
import type { Book } from '../../../../src/core/types/book.js'
import { loadBook } from '../../../../src/ingest/load-books/load-book.js'

type Content = string | Omit<ReadFile, 'path' | 'sha256'>

/** A corpus in memory: one file per entry; a book for each file without a slash and for each first folder. */
export function createMemorySource(files: Readonly<Record<string, Content>>): BookSource {
  const names = [...new Set(Object.keys(files).map((path) => path.replace(/\/.*$/, '/')))]
  const books = names.map((name): BookListing => {
    const paths = Object.keys(files).filter((path) => path === name || (name.endsWith('/') && path.startsWith(name)))
    const summaryPath = paths.find((path) => path.endsWith('SUMMARY.md'))
    return { name, paths: paths.filter((path) => path !== summaryPath), ...(summaryPath === undefined ? {} : { summaryPath }) }
  })
  return {
    location: '/corpus',
    listBooks: async () => ({ books, notices: [] }),
    hashFile: async (path) => `hash of ${path}`,
    readFile: async (path) => {
      const content = files[path]
      if (content === undefined) return { kind: 'left-out', notice: { code: 'FILE_UNREADABLE', text: `"${path}" is gone.` } }
      const file = typeof content === 'string' ? { format: 'markdown' as const, text: content } : content
      return { kind: 'read', file: { path, sha256: `hash of ${path}`, ...file } }
    },
  }
}

/** The one book of such a corpus; fails when it has none. */
export async function loadOnly(files: Readonly<Record<string, Content>>): Promise<Book> {
  const source = createMemorySource(files)
  const [listing] = (await source.listBooks()).books
  const { book } = listing === undefined ? { book: undefined } : await loadBook(listing, source)
  if (book === undefined) throw new Error('The corpus of this test has no book.')
  return book
}
