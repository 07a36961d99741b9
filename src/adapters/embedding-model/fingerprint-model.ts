import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AppError } from '../../core/errors/app-error.js'
import { type ModelDtype, modelFileOf, pathInside } from './model-files.js'
import { readRevisionFile } from './revision-file.js'

export interface FingerprintOptions {
  readonly folder: string
  readonly dtype: ModelDtype
  /** A JSON file that remembers hashes by path, size and time, for hashing costs a query some 30 ms. */
  readonly memoryPath?: string
}

interface Remembered {
  /** Sizes and modification times of the hashed files. */
  readonly stamp: string
  readonly sha256: string
}

/**
 * SHA-256 over the weights followed by tokenizer.json, hexadecimal: other numbers or other word pieces give another one.
 * Rejects with MODEL_UNUSABLE when a fetched file is not what the hub said it was.
 */
export async function fingerprintModel({ folder, dtype, memoryPath }: FingerprintOptions): Promise<string> {
  const files = [modelFileOf(dtype), 'tokenizer.json'].map((file) => resolve(pathInside(folder, file)))
  const key = files[0] ?? folder
  const stamp = (await Promise.all(files.map(toStamp))).join(' ')
  const memory = memoryPath === undefined ? {} : await readMemory(memoryPath)
  const known = memory[key]
  if (known?.stamp === stamp) return known.sha256
  const sha256 = await hashModel(folder, dtype)
  if (memoryPath !== undefined) await writeMemory(memoryPath, { ...memory, [key]: { stamp, sha256 } })
  return sha256
}

async function hashModel(folder: string, dtype: ModelDtype): Promise<string> {
  const hash = createHash('sha256')
  const modelFile = modelFileOf(dtype)
  const path = pathInside(folder, modelFile)
  await addFile(hash, path)
  const expected = (await readRevisionFile(folder))?.files[modelFile]?.sha256
  if (expected !== undefined && hash.copy().digest('hex') !== expected) {
    throw new AppError('MODEL_UNUSABLE', { path, problem: 'its content has changed since it was fetched' })
  }
  await addFile(hash, pathInside(folder, 'tokenizer.json'))
  return hash.digest('hex')
}

async function addFile(hash: Hash, path: string): Promise<void> {
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) hash.update(chunk)
  })
}

async function toStamp(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path)
  return `${size}@${mtimeMs}`
}

async function readMemory(path: string): Promise<Readonly<Record<string, Remembered>>> {
  try {
    return parseMemory(await readFile(path, 'utf8'))
  } catch {
    // No memory, or a damaged one: the files are hashed again.
    return {}
  }
}

function parseMemory(text: string): Readonly<Record<string, Remembered>> {
  const entries = Object.entries(JSON.parse(text) as Record<string, Partial<Remembered> | null>)
  return Object.fromEntries(
    entries.flatMap(([key, value]) =>
      typeof value?.stamp === 'string' && typeof value.sha256 === 'string' ? [[key, { stamp: value.stamp, sha256: value.sha256 }]] : [],
    ),
  )
}

async function writeMemory(path: string, memory: Readonly<Record<string, Remembered>>): Promise<void> {
  const temporary = `${path}.${process.pid}.part`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(temporary, `${JSON.stringify(memory, null, 2)}\n`)
    await rename(temporary, path)
  } catch {
    // A read-only folder only means that the next process hashes again.
  }
}
