import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../core/errors/app-error.js'
import { generationFiles, type Pointer, parsePointer, pointerFile } from './index-format.js'
import { isProcessAlive } from './process-alive.js'
import { hashBytes, writeDurably } from './stored-file.js'

const generationPattern = /^g-\d{8}T\d{6}-[0-9a-f]{6}$/
const readersFolder = 'readers'
const readerDayMs = 24 * 60 * 60 * 1000

/** A name for a new generation; later ones sort behind earlier ones. */
export function nameGeneration(now: Date): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').slice(0, 15)
  return `g-${stamp}-${randomBytes(3).toString('hex')}`
}

/** The generation in use, or undefined when nothing was ingested yet. Fails with INDEX_DAMAGED when the pointer is unreadable. */
export async function readCurrentGeneration(indexDir: string): Promise<string | undefined> {
  return (await readPointer(indexDir))?.generation
}

/** The generation in use with its manifest's checksum, which vouches for all other checksums. As `readCurrentGeneration`. */
export async function readPointer(indexDir: string): Promise<Pointer | undefined> {
  const path = join(indexDir, pointerFile)
  try {
    return parsePointer(await readFile(path, 'utf8'), path)
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}

/** Makes a finished generation the one in use, by renaming one small file. Fails with INDEX_NOT_WRITABLE when the disk refuses. */
export async function makeCurrent(indexDir: string, generation: string): Promise<void> {
  const manifestSha256 = hashBytes(await readFile(join(indexDir, generation, generationFiles.manifest)))
  const pointer: Pointer = { generation, manifestSha256 }
  try {
    await writeDurably(join(indexDir, pointerFile), Buffer.from(`${JSON.stringify(pointer)}\n`), 'replace')
  } catch (cause) {
    throw new AppError('INDEX_NOT_WRITABLE', { path: indexDir, problem: cause instanceof Error ? cause.message : String(cause) }, cause)
  }
}

/** Says that this process reads a generation, so that no ingest removes it. The result takes the word back. */
export async function registerReader(indexDir: string, generation: string): Promise<() => Promise<void>> {
  const name = `${generation}~${process.pid}~${randomBytes(3).toString('hex')}~${encodeURIComponent(hostname())}`
  const path = join(indexDir, readersFolder, name)
  try {
    await mkdir(join(indexDir, readersFolder), { recursive: true })
    await writeFile(path, '')
  } catch (error) {
    // A folder that we cannot write is one in which our ingest cannot remove anything either.
    if (isReadOnly(error)) return async () => {}
    throw error
  }
  return () => rm(path, { force: true })
}

/** Removes generations that are neither in use nor read by a living process, half-built ones included. Call it with the ingest lock held. */
export async function removeOldGenerations(indexDir: string): Promise<void> {
  const current = await readCurrentGeneration(indexDir).catch((error: unknown) => {
    if (error instanceof AppError) return undefined
    throw error
  })
  const read = await listReadGenerations(indexDir)
  for (const name of await listFolder(indexDir)) {
    const unused = generationPattern.test(name) && name !== current && !read.has(name)
    if (unused || name.endsWith('.partial')) await rm(join(indexDir, name), { recursive: true, force: true })
  }
}

async function listReadGenerations(indexDir: string): Promise<ReadonlySet<string>> {
  const read = new Set<string>()
  for (const name of await listFolder(join(indexDir, readersFolder))) {
    const [generation = '', pid = '', , host = ''] = name.split('~')
    const isHere = host === encodeURIComponent(hostname())
    const isReading = isHere ? isProcessAlive(Number(pid)) : await isRecent(join(indexDir, readersFolder, name))
    if (isReading) read.add(generation)
    else await rm(join(indexDir, readersFolder, name), { force: true })
  }
  return read
}

// A reader on another machine cannot be asked whether it lives. It has read its files by then, so that a day is long enough.
async function isRecent(path: string): Promise<boolean> {
  const info = await stat(path).catch(() => undefined)
  return info !== undefined && Date.now() - info.mtimeMs < readerDayMs
}

async function listFolder(path: string): Promise<readonly string[]> {
  return readdir(path).catch((error: unknown) => {
    if (isAbsent(error)) return []
    throw error
  })
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function isReadOnly(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EROFS' || error.code === 'EACCES' || error.code === 'EPERM')
}
