import { open, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import type { Notice } from '../../core/types/answer.js'

type BytesRead = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'left-out'; readonly notice: Notice }

// A string in V8 holds at most 2^29 characters; a book of this size is a mistake long before.
const maxBytes = 256 * 1024 * 1024

/** The bytes of one file of the corpus. Whatever cannot or must not be read comes back as a notice that names the file. */
export async function readBytes(location: string, path: string): Promise<BytesRead> {
  try {
    const real = await realpath(join(location, path))
    if (!isInside(await realpath(location), real)) return leaveOut('FILE_SKIPPED', path, 'leads out of the corpus folder.')
    const info = await stat(real)
    if (!info.isFile()) return leaveOut('FILE_SKIPPED', path, 'is not a regular file.')
    if (info.size > maxBytes) return leaveOut('FILE_UNREADABLE', path, `has ${info.size} bytes; the limit is ${maxBytes}.`)
    return { kind: 'bytes', bytes: await readWhole(real) }
  } catch (error) {
    return leaveOut('FILE_UNREADABLE', path, `cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Whether a path lies in a folder; both must be free of links. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

async function readWhole(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    return await file.readFile()
  } finally {
    await file.close()
  }
}

function leaveOut(code: string, path: string, problem: string): BytesRead {
  return { kind: 'left-out', notice: { code, text: `"${path}" ${problem}` } }
}
