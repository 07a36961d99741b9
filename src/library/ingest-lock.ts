import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { AppError } from '../core/errors/app-error.js'
import { isProcessAlive } from './process-alive.js'

const lockFile = 'ingest.lock'
const ownerSchema = v.object({ pid: v.number(), host: v.string(), since: v.string(), processStarted: v.number() })
type Owner = v.InferOutput<typeof ownerSchema>

/** A holder touches its lock this often; untouched for much longer, it is left over from a machine or container that is gone. */
const heartbeatMs = 10_000
const leftOverMs = 120_000

const processStarted = Math.trunc(performance.timeOrigin)

/**
 * Keeps two ingests of one index apart. The result releases the lock. Fails with INGEST_RUNNING while another living process
 * holds it, with INDEX_NOT_WRITABLE when the folder cannot be written. The lock of a process of this machine that died is taken over
 * at once, any other that was not touched for two minutes.
 */
export async function lockIndex(indexDir: string, now: Date): Promise<() => Promise<void>> {
  const path = join(indexDir, lockFile)
  await mkdir(indexDir, { recursive: true }).catch(refuseUnwritable(indexDir))
  for (let tries = 3; tries > 0; tries--) {
    if (await tryLock(path, { pid: process.pid, host: hostname(), since: now.toISOString(), processStarted })) return keepLock(path)
    const owner = await readOwner(path)
    if (owner !== undefined && (await isHeld(path, owner))) throw new AppError('INGEST_RUNNING', { ...owner, path: indexDir })
    await removeDeadLock(path, owner)
  }
  throw new AppError('INGEST_RUNNING', { pid: 'unknown', host: hostname(), since: 'just now', path: indexDir })
}

// Linking a finished file is one step: nobody ever sees a lock without its owner's name in it.
async function tryLock(path: string, owner: Owner): Promise<boolean> {
  const draft = `${path}.${owner.pid}.${randomBytes(3).toString('hex')}.partial`
  try {
    await writeFile(draft, JSON.stringify(owner))
    await link(draft, path)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    return refuseUnwritable(dirname(path))(error)
  } finally {
    await rm(draft, { force: true })
  }
}

// Two processes may find the same dead owner: the file is moved aside first, and put back when it turns out to be a new owner's.
async function removeDeadLock(path: string, dead: Owner | undefined): Promise<void> {
  const aside = `${path}.${process.pid}.${randomBytes(3).toString('hex')}.partial`
  try {
    await rename(path, aside)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return
    throw error
  }
  const owner = await readOwner(aside)
  if (owner !== undefined && JSON.stringify(owner) !== JSON.stringify(dead)) await putBack(aside, path)
  await rm(aside, { force: true })
}

async function putBack(aside: string, path: string): Promise<void> {
  try {
    await link(aside, path)
  } catch (error) {
    // A third process was faster: it holds the lock now.
    if (!hasCode(error, 'EEXIST')) throw error
  }
}

async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    const result = v.safeParse(ownerSchema, JSON.parse(await readFile(path, 'utf8')))
    return result.success ? result.output : undefined
  } catch (error) {
    // Gone in the meantime, or half-written by a process that was killed: nobody holds it.
    if (hasCode(error, 'ENOENT') || error instanceof SyntaxError) return undefined
    throw error
  }
}

// In a container every process may have the same number as the one that was killed before it.
async function isHeld(path: string, owner: Owner): Promise<boolean> {
  const isOurs = owner.host === hostname() && owner.pid === process.pid
  if (isOurs) return owner.processStarted === processStarted
  if (owner.host === hostname() && !isProcessAlive(owner.pid)) return false
  const touched = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
  return Math.abs(Date.now() - touched) < leftOverMs
}

function keepLock(path: string): () => Promise<void> {
  const heartbeat = setInterval(() => {
    const now = new Date()
    // A lock that was taken from us shows at the end, when a generation is put into use by somebody else.
    utimes(path, now, now).catch(() => undefined)
  }, heartbeatMs)
  heartbeat.unref()
  return async () => {
    clearInterval(heartbeat)
    await rm(path, { force: true })
  }
}

const refuseUnwritable =
  (path: string) =>
  (cause: unknown): never => {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('INDEX_NOT_WRITABLE', { path, problem }, cause)
  }

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
