import { readdir, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lockIndex } from '../../../src/library/ingest-lock.js'
import { findDeadProcess } from '../../helpers/dead-process.js'
import { createTemporaryFolder } from '../../helpers/temporary-folder.js'

const now = new Date('2024-05-06T07:08:09Z')

async function createLockedFolder(owner: unknown): Promise<string> {
  const indexDir = await createTemporaryFolder()
  await writeFile(join(indexDir, 'ingest.lock'), typeof owner === 'string' ? owner : JSON.stringify(owner))
  return indexDir
}

const owner = { host: hostname(), since: '2024-01-01T00:00:00.000Z', processStarted: 1 }

describe('lockIndex', () => {
  it('creates the index folder, and leaves nothing behind when released', async () => {
    const indexDir = join(await createTemporaryFolder(), 'deep', 'index')
    const unlock = await lockIndex(indexDir, now)
    expect(await readdir(indexDir)).toEqual(['ingest.lock'])
    await unlock()
    expect(await readdir(indexDir)).toEqual([])
  })

  it('refuses a second ingest and says who holds the lock since when', async () => {
    const indexDir = await createTemporaryFolder()
    const unlock = await lockIndex(indexDir, now)
    await expect(lockIndex(indexDir, new Date())).rejects.toMatchObject({
      code: 'INGEST_RUNNING',
      details: { pid: process.pid, host: hostname(), since: now.toISOString(), path: indexDir },
    })
    await unlock()
    await (await lockIndex(indexDir, now))()
  })

  it('lets exactly one of many in at once', async () => {
    const indexDir = await createTemporaryFolder()
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => lockIndex(indexDir, now)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'INGEST_RUNNING' })
  })

  it('lets exactly one of many take over the lock of a dead process', async () => {
    const indexDir = await createLockedFolder({ ...owner, pid: findDeadProcess() })
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => lockIndex(indexDir, now)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await readdir(indexDir)).filter((name) => name.endsWith('.partial'))).toEqual([])
  })

  it('takes over the lock of an earlier process that had our number, as in a restarted container', async () => {
    const indexDir = await createLockedFolder({ ...owner, pid: process.pid })
    await expect(lockIndex(indexDir, now)).resolves.toBeTypeOf('function')
  })

  it.each(['', '{"pid":', '[]'])('takes over a lock without an owner: %j', async (content) => {
    await expect(lockIndex(await createLockedFolder(content), now)).resolves.toBeTypeOf('function')
  })

  it('leaves the lock of another living process alone', async () => {
    const indexDir = await createLockedFolder({ ...owner, pid: process.ppid })
    await expect(lockIndex(indexDir, now)).rejects.toMatchObject({ code: 'INGEST_RUNNING', details: { pid: process.ppid } })
    expect(await readdir(indexDir)).toEqual(['ingest.lock'])
  })

  it('leaves the lock of another machine alone', async () => {
    const indexDir = await createLockedFolder({ ...owner, pid: findDeadProcess(), host: 'another-machine' })
    await expect(lockIndex(indexDir, now)).rejects.toMatchObject({ code: 'INGEST_RUNNING', details: { host: 'another-machine' } })
  })

  it('takes over a lock that nobody touched for minutes: its machine or container is gone', async () => {
    const longAgo = new Date(Date.now() - 10 * 60_000)
    for (const lost of [
      { ...owner, pid: process.ppid },
      { ...owner, pid: findDeadProcess(), host: 'another-machine' },
    ]) {
      const indexDir = await createLockedFolder(lost)
      await utimes(join(indexDir, 'ingest.lock'), longAgo, longAgo)
      await expect(lockIndex(indexDir, now)).resolves.toBeTypeOf('function')
    }
  })

  it('says INDEX_NOT_WRITABLE where a file stands in the place of the folder', async () => {
    const indexDir = join(await createTemporaryFolder(), 'file')
    await writeFile(indexDir, 'no folder')
    for (const path of [indexDir, join(indexDir, 'below')])
      await expect(lockIndex(path, now)).rejects.toMatchObject({ code: 'INDEX_NOT_WRITABLE', details: { path } })
  })
})
