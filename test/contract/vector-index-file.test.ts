import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeHnswFile } from '../../src/adapters/hnsw/build-vector-index.js'
import { openVectorIndex } from '../../src/adapters/hnsw/open-vector-index.js'
import { makeClusteredVectors } from '../../src/dev/bench/clustered-vectors.js'

const dimension = 16
const vectors = makeClusteredVectors({ count: 500, dimension, seed: 3 })
const missing = async () => undefined

let folder = ''
let path = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilotbook-hnsw-'))
  path = join(folder, 'vectors.hnsw')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('the HNSW file', () => {
  it('is the same for the same vectors and leaves no temporary file', async () => {
    await expect(writeHnswFile({ vectors, dimension, path, minVectors: 0 })).resolves.toEqual({ kind: 'written' })
    const first = await readFile(path)
    await writeHnswFile({ vectors, dimension, path, minVectors: 0 })
    expect((await readFile(path)).equals(first)).toBe(true)
    expect(await readdir(folder)).toEqual(['vectors.hnsw'])
  })

  it('is left out for few vectors, for which exact search does as well', async () => {
    await expect(writeHnswFile({ vectors, dimension, path })).resolves.toEqual({ kind: 'left-out', why: 'few-vectors' })
    expect(await readdir(folder)).toEqual([])
  })

  it('is left out where hnswlib is missing, and an index that has one is then searched exactly', async () => {
    const left = { kind: 'left-out', why: 'hnswlib-missing' }
    await expect(writeHnswFile({ vectors, dimension, path, minVectors: 0, load: missing })).resolves.toEqual(left)
    await writeHnswFile({ vectors, dimension, path, minVectors: 0 })
    const index = await openVectorIndex({ vectors, dimension, hnswPath: path, load: missing })
    expect(index.method).toBe('exact')
    expect(index.search(vectors.slice(0, dimension), 1)[0]).toMatchObject({ label: 0 })
  })

  it('is not reported as written when its folder does not exist', async () => {
    const run = writeHnswFile({ vectors, dimension, path: join(folder, 'gone', 'vectors.hnsw'), minVectors: 0 })
    await expect(run).rejects.toMatchObject({ code: 'INDEX_NOT_WRITABLE' })
  })

  it('refuses numbers that are not finite and numbers that are no whole vectors', async () => {
    const broken = vectors.slice()
    broken[20] = Number.NaN
    const run = writeHnswFile({ vectors: broken, dimension, path, minVectors: 0 })
    await expect(run).rejects.toMatchObject({ code: 'INDEX_MISMATCH', message: expect.stringContaining('vector 1 holds NaN') })
    const uneven = writeHnswFile({ vectors: vectors.subarray(1), dimension, path, minVectors: 0 })
    await expect(uneven).rejects.toMatchObject({ code: 'INDEX_MISMATCH' })
  })

  it('refuses a file of other vectors, a cut one, garbage and none', async () => {
    await writeHnswFile({ vectors, dimension, path, minVectors: 0 })
    const fewer = openVectorIndex({ vectors: vectors.subarray(0, 100 * dimension), dimension, hnswPath: path })
    await expect(fewer).rejects.toMatchObject({ code: 'INDEX_MISMATCH' })
    await truncate(path, 5000)
    await expect(openVectorIndex({ vectors, dimension, hnswPath: path })).rejects.toMatchObject({ code: 'INDEX_DAMAGED' })
    await writeFile(path, 'no graph at all')
    await expect(openVectorIndex({ vectors, dimension, hnswPath: path })).rejects.toMatchObject({ code: 'INDEX_DAMAGED' })
    await rm(path)
    await expect(openVectorIndex({ vectors, dimension, hnswPath: path })).rejects.toMatchObject({ code: 'INDEX_DAMAGED' })
  })

  it('is not written when the build is cancelled, and the event loop turns meanwhile', async () => {
    const controller = new AbortController()
    let turns = 0
    const timer = setInterval(() => turns++, 0)
    const many = makeClusteredVectors({ count: 4000, dimension, seed: 5 })
    const onProgress = ({ done }: { done: number }) => (done >= 3000 ? controller.abort(new Error('stop')) : undefined)
    const run = writeHnswFile({ vectors: many, dimension, path, minVectors: 0, signal: controller.signal, onProgress })
    await expect(run).rejects.toThrow('stop')
    clearInterval(timer)
    expect(turns).toBeGreaterThan(0)
    expect(await readdir(folder)).toEqual([])
  })
})
