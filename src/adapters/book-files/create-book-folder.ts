import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { BookSource, FileReading } from '../../core/ports/book-source.js'
import type { Notice } from '../../core/types/answer.js'
import { decodeText } from './decode-text.js'
import { listBooks } from './list-books.js'
import { readBytes } from './read-bytes.js'
import { readPdf } from './read-pdf.js'

/**
 * The books of a folder on disk. Every Markdown or PDF file directly in it is one book, every folder in it is one book, and a folder
 * that itself holds SUMMARY.md is one book as a whole. Hidden files are passed over. Nothing is ever written there.
 */
export function createBookFolder(corpusDir: string): BookSource {
  const location = resolve(corpusDir)
  return {
    location,
    listBooks: () => listBooks(location),
    readFile: (path) => readFile(location, path),
    hashFile: async (path) => {
      const read = await readBytes(location, path)
      return read.kind === 'bytes' ? toSha256(read.bytes) : undefined
    },
  }
}

async function readFile(location: string, path: string): Promise<FileReading> {
  const read = await readBytes(location, path)
  if (read.kind === 'left-out') return read
  // The PDF parser takes the bytes away, so that they are hashed first.
  const sha256 = toSha256(read.bytes)
  if (/\.pdf$/i.test(path)) {
    const pdf = await readPdf(read.bytes)
    return pdf.kind === 'unusable' ? leaveOut(path, pdf) : { kind: 'read', file: { path, format: 'pdf', sha256, ...pdf.content } }
  }
  const decoded = decodeText(read.bytes)
  if (decoded.kind === 'unusable') return leaveOut(path, decoded)
  return { kind: 'read', file: { path, format: 'markdown', text: decoded.text, sha256 } }
}

function leaveOut(path: string, { code, problem }: { code: string; problem: string }): { kind: 'left-out'; notice: Notice } {
  return { kind: 'left-out', notice: { code, text: `"${path}" ${problem}` } }
}

function toSha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
