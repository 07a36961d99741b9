import { AppError } from '../../src/core/errors/app-error.js'
import type { Embedder } from '../../src/core/ports/embedder.js'

export interface FakeEmbedder extends Embedder {
  /** Every text embedded so far, in order. */
  readonly embedded: readonly string[]
}

export interface FakeEmbedderOptions {
  readonly id?: string
  readonly dimension?: number
  readonly maxWindowTokens?: number
}

/** A real embedder of a simple kind: words hashed into a few numbers, so that texts that share words are similar. Throws once closed. */
export function createFakeEmbedder({ id = 'fake/words', dimension = 64, maxWindowTokens = 126 }: FakeEmbedderOptions = {}): FakeEmbedder {
  const embedded: string[] = []
  let isClosed = false
  const refuseWhenClosed = () => {
    if (isClosed) throw new AppError('EMBEDDING_FAILED', { problem: 'the fake embedder was used after close' })
  }
  return {
    id,
    dimension,
    maxWindowTokens,
    embedded,
    countTokens(text) {
      refuseWhenClosed()
      return toWords(text).length
    },
    async embed(texts, { signal, onProgress } = {}) {
      refuseWhenClosed()
      const vectors: Float32Array[] = []
      for (const text of texts) {
        await Promise.resolve()
        signal?.throwIfAborted()
        vectors.push(toVector(checkLength(text, maxWindowTokens), dimension))
        embedded.push(text)
        onProgress?.(vectors.length)
      }
      signal?.throwIfAborted()
      return vectors
    },
    async close() {
      isClosed = true
    },
  }
}

function checkLength(text: string, maxWindowTokens: number): string {
  const words = toWords(text).length
  if (words <= maxWindowTokens) return text
  throw new AppError('EMBEDDING_FAILED', { problem: `a text has ${words} words; one window holds ${maxWindowTokens}` })
}

function toWords(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []
}

function toVector(text: string, dimension: number): Float32Array {
  const vector = new Float32Array(dimension)
  for (const word of ['', ...toWords(text)]) {
    const place = hash(word) % dimension
    vector[place] = (vector[place] ?? 0) + 1
  }
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}

function hash(word: string): number {
  let value = 0x811c9dc5
  for (const character of word) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return value
}
