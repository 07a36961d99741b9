import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeHnswFile } from '../../src/adapters/hnsw/build-vector-index.js'
import { openVectorIndex } from '../../src/adapters/hnsw/open-vector-index.js'
import type { VectorIndex } from '../../src/core/ports/vector-index.js'
import { toVectorLabel, type VectorLabel } from '../../src/core/types/brand.js'
import { makeClusteredVectors } from '../../src/dev/bench/clustered-vectors.js'

const dimension = 48
const size = 3000
const vectors = makeClusteredVectors({ count: size, dimension, seed: 7 })
const questions = makeClusteredVectors({ count: size + 20, dimension, seed: 7 }).subarray(size * dimension)
const questionAt = (n: number) => questions.slice(n * dimension, (n + 1) * dimension)

/** All labels by similarity, computed the plainest way. */
function rankAll(question: Float32Array): readonly { readonly label: VectorLabel; readonly similarity: number }[] {
  const all = Array.from({ length: size }, (_, label) => ({
    label: toVectorLabel(label),
    similarity: question.reduce((sum, value, place) => sum + value * (vectors[label * dimension + place] ?? 0), 0),
  }))
  return all.sort((one, other) => other.similarity - one.similarity)
}

let folder = ''
const indexes = new Map<string, VectorIndex>()
const opened = (method: string): VectorIndex => {
  const index = indexes.get(method)
  if (index === undefined) throw new Error(`no index ${method}`)
  return index
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilotbook-vectors-'))
  const hnswPath = join(folder, 'vectors.hnsw')
  await writeHnswFile({ vectors, dimension, path: hnswPath, minVectors: 0 })
  indexes.set('exact', await openVectorIndex({ vectors, dimension }))
  indexes.set('hnsw', await openVectorIndex({ vectors, dimension, hnswPath }))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.each(['exact', 'hnsw'] as const)('the vector index by %s search', (method) => {
  it('tells its method and size', () => {
    expect(opened(method)).toMatchObject({ method, size })
  })

  it('finds at least .99 of the ten nearest, best first, with their true similarity', () => {
    let found = 0
    for (let n = 0; n < 20; n++) {
      const truth = rankAll(questionAt(n))
      const nearest = new Set(truth.slice(0, 10).map(({ label }) => label))
      const hits = opened(method).search(questionAt(n), 10)
      found += hits.filter(({ label }) => nearest.has(label)).length
      expect(hits).toHaveLength(10)
      expect([...hits].sort((one, other) => other.similarity - one.similarity)).toEqual(hits)
      for (const hit of hits) expect(hit.similarity).toBeCloseTo(truth.find(({ label }) => label === hit.label)?.similarity ?? 2, 5)
    }
    expect(found / 200).toBeGreaterThanOrEqual(0.99)
  })

  it('returns every vector once when asked for more than there are', () => {
    const hits = opened(method).search(questionAt(0), size + 100)
    expect(new Set(hits.map(({ label }) => label)).size).toBe(size)
    expect(hits).toHaveLength(size)
  })

  it('returns nothing when asked for nothing', () => {
    expect(opened(method).search(questionAt(0), 0)).toEqual([])
  })

  it.each([
    ['wide', (label: number) => label % 2 === 0],
    ['narrow', (label: number) => label % 300 === 0],
    ['closed', () => false],
  ])('returns the nearest of what a %s filter accepts', (_, accepts) => {
    const expected = rankAll(questionAt(1)).filter(({ label }) => accepts(label))
    const hits = opened(method).search(questionAt(1), 8, accepts)
    expect(hits.map(({ label }) => label)).toEqual(expected.slice(0, 8).map(({ label }) => label))
  })

  it('refuses a vector of another width, or with a number that is none', () => {
    expect(() => opened(method).search(new Float32Array(dimension - 1), 5)).toThrow(expect.objectContaining({ code: 'INDEX_MISMATCH' }))
    expect(() => opened(method).search(new Float32Array(dimension).fill(Number.NaN), 5)).toThrow(
      expect.objectContaining({ code: 'INDEX_MISMATCH' }),
    )
  })
})
