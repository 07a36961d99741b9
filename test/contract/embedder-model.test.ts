import { basename, dirname } from 'node:path'
import { env, pipeline } from '@xenova/transformers'
import { describe, expect, it } from 'vitest'
import type { ModelDtype } from '../../src/adapters/embedding-model/model-files.js'
import { loadModelTokenizer } from '../../src/adapters/embedding-model/model-tokenizer.js'
import { openEmbedder } from '../../src/adapters/embedding-model/open-embedder.js'
import { getModelFolder } from '../helpers/model-folder.js'

const modes = {
  q8: { kind: 'in-process', threads: 2 },
  fp32: { kind: 'processes', count: 1, threadsEach: 2 },
} as const

async function embedByPipeline(folder: string, dtype: ModelDtype, texts: readonly string[]): Promise<readonly Float32Array[]> {
  env.allowRemoteModels = false
  env.localModelPath = dirname(folder)
  const extract = await pipeline('feature-extraction', basename(folder), { dtype })
  const vectors: Float32Array[] = []
  for (const text of texts) {
    const { data } = await extract(text, { pooling: 'mean', normalize: true })
    vectors.push(Float32Array.from(data as Float32Array))
  }
  await extract.dispose()
  return vectors
}

function largestDifference(ours: readonly Float32Array[], theirs: readonly Float32Array[]): number {
  return Math.max(...ours.flatMap((vector, row) => [...vector].map((value, place) => Math.abs(value - (theirs[row]?.[place] ?? 9)))))
}

describe('the vectors of our embedder', () => {
  it.each(['q8', 'fp32'] as const)('agree with the transformers.js pipeline to 1e-6 for %s weights', async (dtype) => {
    const folder = await getModelFolder({ dtype, layers: dtype === 'q8' ? 12 : 3 })
    const embedder = await openEmbedder({ folder, dtype, mode: modes[dtype] })
    // The last one fills the window, so that its [SEP] stands at the very end of what the model was trained on.
    const texts = ['What is a Docker volume?', 'Ports: `docker run -p 8080:80 nginx` é 漢字 🐳', 'container '.repeat(126).trim()]
    const ours = await embedder.embed(texts)
    await embedder.close()
    expect(largestDifference(ours, await embedByPipeline(folder, dtype, texts))).toBeLessThan(1e-6)
  })

  it('stand on all word pieces between [CLS] and [SEP], however long the text', async () => {
    const tokenizer = await loadModelTokenizer(await getModelFolder())
    const ids = tokenizer.encode('run '.repeat(2000))
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([2002, 101, 102])
    expect(tokenizer.countTokens('run '.repeat(2000))).toBe(2000)
  })

  it('are refused for a text of 2,000 word pieces instead of being made from its beginning', async () => {
    const embedder = await openEmbedder({ folder: await getModelFolder(), dtype: 'q8', mode: modes.q8 })
    const run = embedder.embed(['run '.repeat(2000)])
    await expect(run).rejects.toMatchObject({ code: 'EMBEDDING_FAILED', message: expect.stringContaining('2000 word pieces') })
    await embedder.close()
  })

  it('carry an id that names model, dtype and content', async () => {
    const ids: string[] = []
    for (const vocabularySize of [3000, 3001]) {
      const folder = await getModelFolder({ layers: 1, vocabularySize })
      const embedder = await openEmbedder({ folder, dtype: 'q8', mode: modes.q8 })
      ids.push(embedder.id)
      await embedder.close()
    }
    for (const id of ids) expect(id).toMatch(/^all-MiniLM-L12-v2\/q8@[0-9a-f]{12}$/)
    expect(ids[0]).not.toBe(ids[1])
  })
})
