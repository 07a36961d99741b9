import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BookListing, BookSource } from '../core/ports/book-source.js'
import type { Manifest } from './index-format.js'

/** Every file of the books with hash, size and time: what a later run compares to see whether anything changed. In listing order. */
export async function describeSources(books: readonly BookListing[], source: BookSource): Promise<Manifest['sources']> {
  const paths = books.flatMap((book) => [...book.paths, ...(book.summaryPath === undefined ? [] : [book.summaryPath])])
  const described: Manifest['sources'] = []
  for (const path of paths) {
    const sha256 = (await source.hashFile(path)) ?? null
    const info = await stat(join(source.location, path)).catch(() => undefined)
    described.push({ path, sha256, bytes: info?.size ?? 0, modifiedMs: Math.trunc(info?.mtimeMs ?? 0) })
  }
  return described
}
