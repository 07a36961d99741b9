import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadConfig } from '../../src/app/config/load-config.js'
import { openEmbeddings } from '../../src/langchain/langchain.js'
import { getModelFolder } from '../helpers/model-folder.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilotbook-embeddings-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('says how to get the embedding model when none is on this machine, and does not fetch it', async () => {
  const config = loadConfig({}, { PILOTBOOK_DATA_DIR: join(folder, 'data'), PILOTBOOK_HUB_URL: 'http://127.0.0.1:1' }, folder)

  await expect(openEmbeddings(config)).rejects.toMatchObject({
    code: 'EMBEDDING_MODEL_MISSING',
    remedy: expect.stringContaining('pilotbook models pull'),
  })
})

it('opens the embedding model of this machine and embeds texts of any length with it', async () => {
  const config = loadConfig({}, { PILOTBOOK_DATA_DIR: join(folder, 'data'), PILOTBOOK_MODEL_DIR: await getModelFolder() }, folder)
  const embeddings = await openEmbeddings(config)
  try {
    const vectors = await embeddings.embedDocuments(['What is a volume?', 'A container starts from an image. '.repeat(60)])

    for (const vector of vectors) {
      expect(vector).toHaveLength(384)
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
    }
  } finally {
    await embeddings.close()
  }
})
