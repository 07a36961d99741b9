import { AppError } from '../core/errors/app-error.js'
import type { TermIndex } from './bm25.js'

// Layout, little-endian: 6 unsigned 32-bit numbers (mark, terms, postings, documents, sequence length, bytes of the term list padded
// to 4), mean length as a 32-bit float, the terms (UTF-8, one a line), then the eight arrays. Everything starts at a multiple of 4.
const mark = 0x32495450
const headerNumbers = 6
const headerBytes = 4 * (headerNumbers + 1)

/** The index as bytes. */
export function encodeTermIndex(index: TermIndex): Uint8Array {
  const list = Buffer.from(index.terms.join('\n'), 'utf8')
  const listBytes = Math.ceil(list.length / 4) * 4
  const arrays = [
    index.postingStarts,
    index.documents,
    index.frequencies,
    index.lengths,
    index.sequenceStarts,
    index.titleStarts,
    index.bodyStarts,
    index.sequences,
  ]
  const bytes = Buffer.alloc(headerBytes + listBytes + arrays.reduce((total, array) => total + array.byteLength, 0), 10)
  const counts = [mark, index.terms.length, index.documents.length, index.lengths.length, index.sequences.length, listBytes]
  counts.forEach((count, position) => void bytes.writeUInt32LE(count, position * 4))
  bytes.writeFloatLE(index.meanLength, 4 * headerNumbers)
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
  const header = new Uint32Array(buffer, 0, Math.min(headerNumbers, buffer.byteLength >> 2))
  const [found, termCount = 0, postingCount = 0, documentCount = 0, sequenceLength = 0, listBytes = 0] = header
  const expected = headerBytes + listBytes + 4 * (termCount + 1 + 2 * postingCount + 4 * documentCount + 1 + sequenceLength)
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
    meanLength: new Float32Array(buffer, 4 * headerNumbers, 1)[0] ?? 1,
    terms: list === '' ? [] : list.split('\n'),
    postingStarts: new Uint32Array(...take(termCount + 1)),
    documents: new Uint32Array(...take(postingCount)),
    frequencies: new Float32Array(...take(postingCount)),
    lengths: new Float32Array(...take(documentCount)),
    sequenceStarts: new Uint32Array(...take(documentCount + 1)),
    titleStarts: new Uint32Array(...take(documentCount)),
    bodyStarts: new Uint32Array(...take(documentCount)),
    sequences: new Uint32Array(...take(sequenceLength)),
  }
}
