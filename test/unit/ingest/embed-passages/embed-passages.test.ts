import { describe, expect, it } from 'vitest'
import { embedPassages } from '../../../../src/ingest/embed-passages/embed-passages.js'
import { createFakeEmbedder } from '../../../helpers/fake-embedder.js'

const passage = (cleanText: string) => ({ headingPath: ['Images'], cleanText })
const longText = Array.from({ length: 30 }, (_, n) => `word${n}`).join(' ')
const noneKnown: ReadonlyMap<string, Float32Array> = new Map()

function toKnown({ windowKeys, vectors }: { windowKeys: readonly string[]; vectors: Float32Array }, dimension = 64) {
  return new Map(windowKeys.map((key, index) => [key, vectors.slice(index * dimension, (index + 1) * dimension)] as const))
}

describe('embedPassages', () => {
  it('returns one vector per window, in passage order, with a key and a count', async () => {
    const embedder = createFakeEmbedder({ maxWindowTokens: 12 })
    const passages = [passage(longText), passage('short')]
    const result = await embedPassages({ passages, embedder, known: noneKnown })
    const [windows = 0] = result.windowCounts
    expect(result.windowCounts).toEqual([3, 1])
    expect(result.windowKeys).toHaveLength(4)
    for (const key of result.windowKeys) expect(key).toMatch(/^[0-9a-f]{16}$/)
    const [expected] = await embedder.embed(['Images: short'])
    expect(result.vectors.slice(windows * 64)).toEqual(expected)
  })

  it('embeds windows with the same text once', async () => {
    const embedder = createFakeEmbedder()
    const result = await embedPassages({ passages: [passage('same'), passage('same')], embedder, known: noneKnown })
    expect(embedder.embedded).toEqual(['Images: same'])
    expect(result.vectors.slice(0, 64)).toEqual(result.vectors.slice(64))
  })

  it('takes known vectors and counts a passage as reused when all its windows were known', async () => {
    const first = await embedPassages({
      passages: [passage(longText), passage('short')],
      embedder: createFakeEmbedder({ maxWindowTokens: 12 }),
      known: noneKnown,
    })
    const embedder = createFakeEmbedder({ maxWindowTokens: 12 })
    const passages = [passage(`${longText} and more`), passage('short')]
    const again = await embedPassages({ passages, embedder, known: toKnown(first) })
    expect(again).toMatchObject({ embeddedPassages: 1, reusedPassages: 1 })
    expect(embedder.embedded).toHaveLength(1)
    expect(again.vectors.slice(-64)).toEqual(first.vectors.slice(-64))
  })

  it('makes vectors of another width anew instead of mixing them', async () => {
    const first = await embedPassages({ passages: [passage('short')], embedder: createFakeEmbedder({ dimension: 32 }), known: noneKnown })
    const embedder = createFakeEmbedder()
    const again = await embedPassages({ passages: [passage('short')], embedder, known: toKnown(first, 32) })
    expect(again.embeddedPassages).toBe(1)
    expect(embedder.embedded).toHaveLength(1)
  })

  it('tells its progress in passages, never backwards, and ends at the total', async () => {
    const seen: number[] = []
    const passages = [passage(longText), passage('one'), passage('two')]
    await embedPassages({
      passages,
      embedder: createFakeEmbedder({ maxWindowTokens: 12 }),
      known: noneKnown,
      onProgress: ({ done }) => seen.push(done),
    })
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect([seen[0], seen.at(-1)]).toEqual([0, 3])
  })

  it('has nothing to do for no passages', async () => {
    const result = await embedPassages({ passages: [], embedder: createFakeEmbedder(), known: noneKnown })
    expect(result).toMatchObject({ windowCounts: [], windowKeys: [], embeddedPassages: 0, reusedPassages: 0 })
  })

  it("rejects with the signal's reason when it is cancelled in between", async () => {
    const controller = new AbortController()
    const stop = () => controller.abort(new Error('stop'))
    const passages = Array.from({ length: 50 }, (_, n) => passage(`text ${n}`))
    const onProgress = ({ done }: { done: number }) => (done > 3 ? stop() : undefined)
    const run = embedPassages({ passages, embedder: createFakeEmbedder(), known: noneKnown, signal: controller.signal, onProgress })
    await expect(run).rejects.toThrow('stop')
  })
})
