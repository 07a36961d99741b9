import { AppError } from '../core/errors/app-error.js'
import type { TermIndex } from './bm25.js'

// Layout, little-endian: 5 unsigned 32-bit numbers (mark, terms, postings, documents, bytes of the term list padded to 4),
// mean length as a 32-bit float, the terms (UTF-8, one a line), then the four arrays. Everything starts at a multiple of 4.
const mark = 0x31495450
const headerBytes = 24

/** The index as bytes. */
export function encodeTermIndex(index: TermIndex): Uint8Array {
  const list = Buffer.from(index.terms.join('\n'), 'utf8')
  const listBytes = Math.ceil(list.length / 4) * 4
  const arrays = [index.postingStarts, index.documents, index.frequencies, index.lengths]
  const bytes = Buffer.alloc(headerBytes + listBytes + arrays.reduce((total, array) => total + array.byteLength, 0), 10)
  const counts = [mark, index.terms.length, index.documents.length, index.lengths.length, listBytes]
  counts.forEach((count, position) => void bytes.writeUInt32LE(count, position * 4))
  bytes.writeFloatLE(index.meanLength, 20)
  list.copy(bytes, headerBytes)
  let offset = headerBytes + listBytes
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset)
    offset += array.byteLength
  }
  return bytes
}

/** The index that `encodeTermIndex` wrote. Fails with INDEX_DAMAGED, naming `path`, when the bytes are not such an index. */
export function decodeTermIndex(bytes: Uint8Array, path: string): TermIndex {
  // A fresh buffer: typed arrays must start at a multiple of 4, which a slice of a pooled Buffer need not.
  const buffer = new Uint8Array(bytes).buffer
  const header = new Uint32Array(buffer, 0, Math.min(5, buffer.byteLength >> 2))
  const [found, termCount = 0, postingCount = 0, documentCount = 0, listBytes = 0] = header
  const expected = headerBytes + listBytes + 4 * (termCount + 1 + 2 * postingCount + documentCount)
  if (found !== mark || buffer.byteLength !== expected) {
    throw new AppError('INDEX_DAMAGED', { path, problem: `it has ${buffer.byteLength} bytes where ${expected} belong` })
  }
  const list = Buffer.from(buffer, headerBytes, listBytes).toString('utf8').trimEnd()
  let offset = headerBytes + listBytes
  const take = (count: number): [ArrayBuffer, number, number] => {
    const start = offset
    offset += count * 4
    return [buffer, start, count]
  }
  return {
    meanLength: new Float32Array(buffer, 20, 1)[0] ?? 1,
    terms: list === '' ? [] : list.split('\n'),
    postingStarts: new Uint32Array(...take(termCount + 1)),
    documents: new Uint32Array(...take(postingCount)),
    frequencies: new Float32Array(...take(postingCount)),
    lengths: new Float32Array(...take(documentCount)),
  }
}
