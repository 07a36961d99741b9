import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { IndexInUse } from '../../../src/app/index-in-use.js'
import { pointerFile } from '../../../src/library/index-format.js'
import type { Library } from '../../../src/library/library.js'
import { openLibrary } from '../../../src/library/open-library.js'
import { createSmallLibrary, paragraph, type SmallLibrary } from '../../helpers/sailing-library.js'
import { writeFiles } from '../../helpers/temporary-folder.js'

// A library keeps its data in private fields, so that only its own object may be called.
function withClose(library: Library, close: () => Promise<void>): Library {
  return new Proxy(library, {
    get(target, name) {
      if (name === 'close') return close
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** Opens the real library and notes which generations were opened and closed. */
async function createIndexInUse() {
  const small = await createSmallLibrary()
  await small.ingest()
  const opened: string[] = []
  const closed: string[] = []
  const index = new IndexInUse(small.indexDir, async () => {
    const library = await openLibrary(small.indexDir)
    const { generation } = library.manifest
    opened.push(generation)
    const close = async () => {
      closed.push(generation)
      await library.close()
    }
    return { library: withClose(library, close) }
  })
  return { small, index, opened, closed }
}

async function ingestMore(small: SmallLibrary, topic: string): Promise<void> {
  await writeFiles(small.corpusDir, { [`${topic}.md`]: `# ${topic}\n\n${paragraph(topic)}\n` })
  await small.ingest()
}

describe('IndexInUse', () => {
  it('opens one generation once, however many use it, also at the same time', async () => {
    const { index, opened, closed } = await createIndexInUse()
    const uses = await Promise.all([index.use(), index.use(), index.use()])
    uses.push(await index.use())
    expect(opened).toHaveLength(1)
    for (const { done } of uses) await done()
    expect(closed).toEqual([])
    await index.close()
    expect(closed).toEqual(opened)
  })

  it('moves to a new generation by itself and closes the one before', async () => {
    const { small, index, opened, closed } = await createIndexInUse()
    await (await index.use()).done()
    await ingestMore(small, 'nets')
    const { index: moved, done } = await index.use()
    expect(opened).toHaveLength(2)
    expect(moved.library.manifest.generation).toBe(opened[1])
    expect(closed).toEqual([opened[0]])
    await done()
    await index.close()
  })

  it('lets a question finish on the generation it began with, and closes that when the last one is done', async () => {
    const { small, index, opened, closed } = await createIndexInUse()
    const first = await index.use()
    const second = await index.use()
    await ingestMore(small, 'nets')
    await (await index.use()).done()
    expect(first.index.library.manifest.generation).toBe(opened[0])
    await expect(first.index.library.verify()).resolves.toBeUndefined()
    await first.done()
    expect(closed).toEqual([])
    await second.done()
    expect(closed).toEqual([opened[0]])
    await index.close()
  })

  it('lets a question finish also when everything is closed meanwhile', async () => {
    const { index, closed } = await createIndexInUse()
    const { done } = await index.use()
    await index.close()
    expect(closed).toEqual([])
    await done()
    expect(closed).toHaveLength(1)
  })

  it('rejects while there is no index, and works once there is one', async () => {
    const { small, index } = await createIndexInUse()
    await rm(join(small.indexDir, pointerFile))
    await expect(index.use()).rejects.toMatchObject({ code: 'NOT_INGESTED' })
    await small.ingest()
    await (await index.use()).done()
    await index.close()
  })

  it('closes safely when nothing was opened, and twice', async () => {
    const { index } = await createIndexInUse()
    await index.close()
    await index.close()
  })

  it('closes what was still being opened', async () => {
    const { index, opened, closed } = await createIndexInUse()
    const using = index.use()
    await index.close()
    await (await using).done()
    await index.close()
    expect(closed).toEqual(opened)
  })
})
