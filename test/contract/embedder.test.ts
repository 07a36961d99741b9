import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEmbedder } from '../../src/adapters/embedding-model/open-embedder.js'
import type { Embedder } from '../../src/core/ports/embedder.js'
import { createFakeEmbedder } from '../helpers/fake-embedder.js'
import { getModelFolder } from '../helpers/model-folder.js'

const openers: Readonly<Record<string, () => Promise<Embedder>>> = {
  'the fake': async () => createFakeEmbedder(),
  'the model in this process': async () =>
    openEmbedder({ folder: await getModelFolder(), dtype: 'q8', mode: { kind: 'in-process', threads: 2 } }),
  'the model in two processes': async () =>
    openEmbedder({ folder: await getModelFolder(), dtype: 'q8', mode: { kind: 'processes', count: 2, threadsEach: 1 } }),
}

const texts = [
  'A volume keeps data when its container is removed.',
  'run',
  'The Docker client sends commands to the Docker daemon, which builds images and runs containers on the host.',
  'docker run -d -p 8080:80 --name web nginx',
]

function toSimilarity(one: Float32Array = new Float32Array(), other: Float32Array = new Float32Array()): number {
  return one.reduce((sum, value, place) => sum + value * (other[place] ?? 0), 0)
}

describe.each(Object.keys(openers))('an embedder: %s', (name) => {
  let embedder: Embedder
  const open = async () => (openers[name] ?? (() => Promise.reject(new Error(name))))()
  beforeAll(async () => {
    embedder = await open()
  })
  afterAll(() => embedder.close())

  it('gives each text, in order, a finite vector of length one and of the promised width', async () => {
    const vectors = await embedder.embed(texts)
    expect(vectors).toHaveLength(texts.length)
    for (const vector of vectors) {
      expect(vector).toHaveLength(embedder.dimension)
      expect(vector.every(Number.isFinite)).toBe(true)
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
    }
  })

  it('gives texts the same vectors each time, to the last bit', async () => {
    const many = Array.from({ length: 60 }, (_, n) => texts[n % texts.length]?.replace(/\w+/, ['run', 'stop', 'pull'][n % 3] ?? '') ?? '')
    expect(await embedder.embed(many)).toEqual(await embedder.embed(many))
  })

  it('gives a text nearly the same vector alone, among others and in another order', async () => {
    const together = await embedder.embed([...texts, ...texts.map((text) => text.replace('Docker', 'data'))])
    const turned = await embedder.embed([...texts].reverse())
    for (const [index, text] of texts.entries()) {
      const [alone] = await embedder.embed([text])
      expect(toSimilarity(alone, together[index])).toBeGreaterThan(0.999)
      expect(toSimilarity(alone, turned[texts.length - 1 - index])).toBeGreaterThan(0.999)
    }
  })

  it('gives different texts different vectors', async () => {
    const keys = (await embedder.embed(texts)).map((vector) => vector.join())
    expect(new Set(keys).size).toBe(texts.length)
  })

  it('takes a text that fills its window and refuses one that is a word longer', async () => {
    const full = 'run '.repeat(embedder.maxWindowTokens).trim()
    expect(embedder.countTokens(full)).toBe(embedder.maxWindowTokens)
    await expect(embedder.embed([full])).resolves.toHaveLength(1)
    await expect(embedder.embed(['short', `${full} run`])).rejects.toMatchObject({ code: 'EMBEDDING_FAILED' })
  })

  it('has nothing to do for no texts, and takes an empty one', async () => {
    await expect(embedder.embed([])).resolves.toEqual([])
    const [vector] = await embedder.embed([''])
    expect(vector?.every(Number.isFinite)).toBe(true)
  })

  it('tells how many texts are done, up to all of them', async () => {
    const seen: number[] = []
    await embedder.embed(texts, { onProgress: (done) => seen.push(done) })
    expect(seen).toEqual([...seen].sort((one, other) => one - other))
    expect(seen.at(-1)).toBe(texts.length)
  })

  it("stops with the signal's reason when cancelled in between, and works on afterwards", async () => {
    const controller = new AbortController()
    const many = Array.from({ length: 200 }, (_, n) => `${texts[2]} ${n}`)
    const stop = (done: number) => {
      if (done > 0) controller.abort(new Error('stopped by the user'))
    }
    const run = embedder.embed(many, { signal: controller.signal, onProgress: stop })
    await expect(run).rejects.toThrow('stopped by the user')
    await expect(embedder.embed(texts, { signal: controller.signal })).rejects.toThrow('stopped by the user')
    await expect(embedder.embed(texts)).resolves.toHaveLength(texts.length)
  })

  it('serves several calls at a time', async () => {
    const alone = await embedder.embed(texts)
    const both = await Promise.all([embedder.embed(texts), embedder.embed([...texts].reverse())])
    expect(both).toEqual([alone, [...alone].reverse()])
  })

  it('can be closed twice and refuses to work then', async () => {
    const other = await open()
    await other.close()
    await other.close()
    await expect(other.embed(texts)).rejects.toMatchObject({ code: 'EMBEDDING_FAILED' })
  })
})
