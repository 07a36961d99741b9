import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../core/errors/app-error.js'
import type { BookListing } from '../../core/ports/book-source.js'
import type { Notice } from '../../core/types/answer.js'
import { compareNaturally } from './natural-order.js'
import { orderBySummary } from './order-by-summary.js'
import { type FolderEntry, listFolder, walkFolder } from './walk-folder.js'

interface Listing {
  readonly books: readonly BookListing[]
  readonly notices: readonly Notice[]
}

const summaryName = 'SUMMARY.md'

/** An error names this many of the files that were left out. */
const mostReasons = 5

/**
 * All books of the corpus folder in natural order of their names, with a notice for each thing in it that is no book.
 * Rejects with CORPUS_MISSING, or with CORPUS_EMPTY when there is nothing to read.
 */
export async function listBooks(location: string): Promise<Listing> {
  await checkFolder(location)
  const { entries, notices } = await listFolder(location, '')
  const listing = entries.some((entry) => entry.kind === 'file' && entry.path === summaryName)
    ? await listFolderBook(location, { name: `${basename(location)}/`, path: '' })
    : await listEach(location, entries)
  if (listing.books.length === 0) {
    const reasons = [...notices, ...listing.notices].slice(0, mostReasons).map((notice) => notice.text)
    throw new AppError('CORPUS_EMPTY', { path: location, reasons: reasons.join(' ') })
  }
  return { books: listing.books, notices: [...notices, ...listing.notices] }
}

async function checkFolder(location: string): Promise<void> {
  const info = await stat(location).catch((error: unknown) => {
    throw new AppError('CORPUS_MISSING', { path: location }, error)
  })
  if (!info.isDirectory()) throw new AppError('CORPUS_MISSING', { path: location }, new Error('It is a file.'))
}

async function listEach(location: string, entries: readonly FolderEntry[]): Promise<Listing> {
  const files = entries.filter((entry) => entry.kind === 'file').map((entry) => entry.path)
  const folders = entries.filter((entry) => entry.kind === 'folder').map((entry) => entry.path)
  const listings = await Promise.all(folders.map((path) => listFolderBook(location, { name: `${path}/`, path })))
  const fileBooks = files.filter(isBookFile).map((path) => ({ name: path, paths: [path] }))
  const books = [...fileBooks, ...listings.flatMap((listing) => listing.books)]
  return {
    books: books.sort((left, right) => compareNaturally(left.name, right.name)),
    notices: [...toWrongTypes(files.filter((path) => !isBookFile(path))), ...listings.flatMap((listing) => listing.notices)],
  }
}

function toWrongTypes(paths: readonly string[]): readonly Notice[] {
  if (paths.length === 0) return []
  const names = paths.map((path) => `"${path}"`).join(', ')
  return [{ code: 'FILE_WRONG_TYPE', text: `Only .md, .markdown and .pdf files are books. Left out: ${names}.` }]
}

async function listFolderBook(location: string, folder: { name: string; path: string }): Promise<Listing> {
  const { paths, notices } = await walkFolder(location, folder.path)
  const bookFiles = paths.filter(isBookFile)
  const summaryPath = findSummary(bookFiles)
  const chapters = bookFiles.filter((path) => path !== summaryPath).sort(compareNaturally)
  if (chapters.length === 0) {
    return { books: [], notices: [...notices, { code: 'FOLDER_EMPTY', text: `"${folder.name}" holds no Markdown or PDF file.` }] }
  }
  if (summaryPath === undefined) return { books: [{ name: folder.name, paths: chapters }], notices }
  const ordered = orderBySummary(chapters, { path: summaryPath, text: await readSummary(join(location, summaryPath)) })
  return { books: [{ name: folder.name, paths: ordered, summaryPath }], notices }
}

// mdBook keeps its summary in src/: the one nearest to the book's own folder counts.
function findSummary(paths: readonly string[]): string | undefined {
  const depth = (path: string) => path.split('/').length
  const summaries = paths.filter((path) => basename(path) === summaryName)
  return summaries.sort((left, right) => depth(left) - depth(right) || compareNaturally(left, right))[0]
}

// An unreadable summary orders nothing; the notice about it comes when the book is loaded.
async function readSummary(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}

function isBookFile(path: string): boolean {
  return /\.(?:md|markdown|pdf)$/i.test(path)
}
