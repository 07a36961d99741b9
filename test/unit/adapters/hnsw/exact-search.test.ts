import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dotProduct, searchExactly } from '../../../../src/adapters/hnsw/exact-search.js'

describe('searchExactly', () => {
  it('returns what sorting all products returns, for any width, count and number of vectors', () => {
    const cases = fc.record({
      dimension: fc.integer({ min: 1, max: 9 }),
      size: fc.integer({ min: 0, max: 40 }),
      count: fc.integer({ min: 0, max: 45 }),
      seed: fc.integer({ min: 1, max: 10_000 }),
    })
    fc.assert(
      fc.property(cases, ({ dimension, size, count, seed }) => {
        // Few different values, so that equal similarities are common.
        const vectors = Float32Array.from({ length: size * dimension }, (_, n) => ((n * n * seed) % 7) - 3)
        const vector = Float32Array.from({ length: dimension }, (_, n) => ((n * seed) % 5) - 2)
        const all = Array.from({ length: size }, (_, label) => ({ label, similarity: dotProduct(vectors, label * dimension, vector) }))
        all.sort((one, other) => other.similarity - one.similarity || one.label - other.label)
        const hits = searchExactly({ vectors, vector, count })
        expect(hits.map(({ similarity }) => similarity)).toEqual(all.slice(0, count).map(({ similarity }) => similarity))
        const kept = hits.filter(({ similarity }) => similarity > (hits.at(-1)?.similarity ?? 0)).map(({ label }) => label)
        expect(kept).toEqual(all.slice(0, kept.length).map(({ label }) => label))
      }),
    )
  })

  it('prefers the lower label among equally similar vectors', () => {
    const vectors = Float32Array.from([1, 0, 1, 0, 1, 0, 1, 0])
    expect(searchExactly({ vectors, vector: Float32Array.from([1, 0]), count: 2 }).map(({ label }) => label)).toEqual([0, 1])
  })
})

describe('dotProduct', () => {
  it('is the sum of all products from the offset on', () => {
    expect(dotProduct(Float32Array.from([9, 9, 1, 2, 3, 4, 5, 9]), 2, Float32Array.from([1, 1, 1, 1, 2]))).toBe(20)
  })
})
