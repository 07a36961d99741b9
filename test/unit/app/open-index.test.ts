import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ChosenEmbedder } from '../../../src/app/choose-embedder.js'
import type { Config } from '../../../src/app/config/config.js'
import { loadConfig } from '../../../src/app/config/load-config.js'
import { needsIngest } from '../../../src/app/needs-ingest.js'
import { openIndex, readPointerStamp } from '../../../src/app/open-index.js'
import { createShortfall } from '../../../src/app/shortfall.js'
import type { Embedder } from '../../../src/core/ports/embedder.js'
import type { Notice } from '../../../src/core/types/answer.js'
import { createFakeEmbedder } from '../../helpers/fake-embedder.js'
import { createSmallLibrary, flipBit, type SmallLibrary } from '../../helpers/sailing-library.js'
import { createTemporaryFolder, writeFiles } from '../../helpers/temporary-folder.js'

const plain = { writeVectorFile: async () => 'not needed' as const }
const noModel = { kind: 'none', shortfall: createShortfall('EMBEDDING_MODEL_MISSING', 'As told.', 'Do this.') } as const
const withModel = (embedder: Embedder) => ({ kind: 'embedder', embedder }) as const

async function toConfig({ corpusDir, indexDir }: SmallLibrary): Promise<Config> {
  const environment = { PILOTBOOK_DATA_DIR: await createTemporaryFolder(), PILOTBOOK_OFFLINE: '1' }
  return loadConfig({ corpus: corpusDir, index: indexDir }, environment)
}

async function createIndex(embedder?: Embedder) {
  const small = await createSmallLibrary(undefined, embedder)
  await small.ingest(plain)
  return { small, config: await toConfig(small) }
}

describe('openIndex', () => {
  it('searches vectors when the index and the embedder at hand belong together', async () => {
    const embedder = createFakeEmbedder()
    const { config } = await createIndex(embedder)
    const { library, dense, shortfall } = await openIndex(config, withModel(embedder))
    expect(shortfall).toBeUndefined()
    expect(dense?.vectorIndex.size).toBe(library.manifest.counts.windows)
    await library.close()
  })

  const lesser: readonly {
    readonly with: string
    readonly vectors: boolean
    readonly chosen: ChosenEmbedder
    readonly says: Partial<Notice>
  }[] = [
    {
      with: 'neither vectors nor a model',
      vectors: false,
      chosen: noModel,
      says: { code: 'EMBEDDING_MODEL_MISSING', text: 'As told. Do this.' },
    },
    { with: 'a model but no vectors', vectors: false, chosen: withModel(createFakeEmbedder()), says: { code: 'VECTORS_MISSING' } },
    { with: 'vectors but no model', vectors: true, chosen: noModel, says: { text: expect.stringContaining('The index has vectors') } },
  ]

  it.each(lesser)('searches words alone and says so with $with', async ({ vectors, chosen, says }) => {
    const { config } = await createIndex(vectors ? createFakeEmbedder() : undefined)
    const { library, dense, shortfall } = await openIndex(config, chosen)
    expect(dense).toBeUndefined()
    expect(shortfall).toMatchObject(says)
    await library.close()
  })

  it('refuses vectors of another embedder, naming both, and lets the index go', async () => {
    const { small, config } = await createIndex(createFakeEmbedder({ id: 'model/q8' }))
    await expect(openIndex(config, withModel(createFakeEmbedder({ id: 'model/fp32' })))).rejects.toMatchObject({
      code: 'INDEX_MISMATCH',
      message: expect.stringMatching(/model\/q8.*model\/fp32/),
    })
    await writeFiles(small.corpusDir, { 'new.md': '# New\n\nwords enough for a passage of its own\n' })
    const { generation } = await small.ingest(plain)
    expect(await readPointerStamp(small.indexDir)).not.toBe('none')
    const { library } = await openIndex(config, noModel)
    expect(library.manifest.generation).toBe(generation)
    await library.close()
  })

  it('refuses an index of another corpus folder, naming both', async () => {
    const { config } = await createIndex()
    const corpusDir = await createTemporaryFolder()
    await expect(openIndex({ ...config, corpusDir }, noModel)).rejects.toMatchObject({
      code: 'INDEX_MISMATCH',
      message: expect.stringContaining(`built from ${config.corpusDir}, not from ${corpusDir}`),
    })
  })

  it('refuses a folder without an index', async () => {
    const config = await toConfig(await createSmallLibrary())
    await expect(openIndex(config, noModel)).rejects.toMatchObject({ code: 'NOT_INGESTED' })
  })
})

describe('readPointerStamp', () => {
  it('changes with each generation, and only then', async () => {
    const small = await createSmallLibrary()
    const none = await readPointerStamp(small.indexDir)
    await small.ingest()
    const first = await readPointerStamp(small.indexDir)
    await small.ingest()
    expect(await readPointerStamp(small.indexDir)).toBe(first)
    await writeFiles(small.corpusDir, { 'new.md': '# New\n\nwords\n' })
    await small.ingest()
    expect(new Set([none, first, await readPointerStamp(small.indexDir)]).size).toBe(3)
  })
})

describe('needsIngest', () => {
  it('sees that nothing has to be done', async () => {
    const { config } = await createIndex()
    expect(await needsIngest(config)).toBeUndefined()
  })

  it('passes over a book that was only touched', async () => {
    const { config } = await createIndex()
    await utimes(join(config.corpusDir, 'harbour/piers.md'), new Date(), new Date())
    expect(await needsIngest(config)).toBeUndefined()
  })

  it('sees that there is no index yet', async () => {
    expect(await needsIngest(await toConfig(await createSmallLibrary()))).toBe('There is no index yet.')
  })

  it.each([
    ['changed book', { 'harbour/piers.md': '# Other' }],
    ['new book', { 'new.md': '# New' }],
    ['new folder', { 'new/chapter.md': '# New' }],
    ['new chapter', { 'harbour/nets.md': '# Nets' }],
  ])('sees a %s', async (_, files) => {
    const { config } = await createIndex()
    await writeFiles(config.corpusDir, files)
    expect(await needsIngest(config)).toBe('The books have changed.')
  })

  it('sees a damaged index, and says what is wrong with it', async () => {
    const { small, config } = await createIndex()
    const { generation } = await small.ingest(plain)
    await flipBit(join(small.indexDir, generation, 'terms.bin'))
    expect(await needsIngest(config)).toMatch(/terms\.bin is damaged/)
  })

  it('sees an index of another corpus folder', async () => {
    const { config } = await createIndex()
    expect(await needsIngest({ ...config, corpusDir: await createTemporaryFolder() })).toMatch(/does not fit/)
  })
})
