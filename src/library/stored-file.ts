import { createHash } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { AppError } from '../core/errors/app-error.js'

/** SHA-256, hexadecimal. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Writes the bytes and waits until the disk has them; with `replace`, readers see the old file or the new one, never half. */
export async function writeDurably(path: string, bytes: Uint8Array, how: 'new' | 'replace'): Promise<void> {
  const target = how === 'new' ? path : `${path}.${process.pid}.partial`
  const file = await open(target, 'w')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  if (how === 'replace') await renameOver(target, path)
}

/** The file's bytes. Fails with INDEX_DAMAGED when it is absent or differs from the manifest in length or SHA-256. */
export async function readVerified(path: string, expected: { sha256: string; bytes: number } | undefined): Promise<Buffer> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new AppError('INDEX_DAMAGED', { path, problem: 'it cannot be read' }, cause)
  })
  if (expected === undefined) throw new AppError('INDEX_DAMAGED', { path, problem: 'the manifest does not name it' })
  if (bytes.length !== expected.bytes) {
    throw new AppError('INDEX_DAMAGED', { path, problem: `it has ${bytes.length} bytes where the manifest says ${expected.bytes}` })
  }
  if (hashBytes(bytes) !== expected.sha256) {
    throw new AppError('INDEX_DAMAGED', { path, problem: 'its checksum differs from the manifest' })
  }
  return bytes
}

const renameTries = 20

// Windows refuses to replace a file while another process has it open, which lasts milliseconds.
async function renameOver(from: string, to: string): Promise<void> {
  for (let left = renameTries; ; left--) {
    try {
      return await rename(from, to)
    } catch (error) {
      if (left === 0 || !isBusy(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EPERM' || error.code === 'EBUSY' || error.code === 'EACCES')
}
