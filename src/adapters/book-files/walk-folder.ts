import type { Dirent, Stats } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Notice } from '../../core/types/answer.js'
import { isInside } from './read-bytes.js'

/** A file or folder worth looking at; the path counts from the corpus folder, with forward slashes. */
export interface FolderEntry {
  readonly kind: 'file' | 'folder'
  readonly path: string
}

interface FolderContent {
  readonly entries: readonly FolderEntry[]
  readonly notices: readonly Notice[]
}

type Seen = FolderEntry | { readonly kind: 'skipped'; readonly notice: Notice }

/** What lies directly in one folder of the corpus, hidden things passed over; what cannot be read as a book file becomes a notice. */
export async function listFolder(location: string, folder: string): Promise<FolderContent> {
  const found = await readdir(join(location, folder), { withFileTypes: true }).then(
    (entries) => ({ entries, problem: undefined }),
    (error: unknown) => ({ entries: [], problem: error instanceof Error ? error.message : String(error) }),
  )
  if (found.problem !== undefined) {
    return { entries: [], notices: [{ code: 'FILE_UNREADABLE', text: `"${folder}/" cannot be read: ${found.problem}` }] }
  }
  const visible = found.entries.filter((entry) => !entry.name.startsWith('.'))
  const seen = await Promise.all(visible.map((entry) => look(location, folder, entry)))
  return {
    entries: seen.flatMap((item) => (item.kind === 'skipped' ? [] : [item])),
    notices: seen.flatMap((item) => (item.kind === 'skipped' ? [item.notice] : [])),
  }
}

/** The paths of all files below one folder of the corpus, in no order. */
export async function walkFolder(location: string, folder: string): Promise<{ paths: readonly string[]; notices: readonly Notice[] }> {
  const { entries, notices } = await listFolder(location, folder)
  const below = await Promise.all(entries.filter((entry) => entry.kind === 'folder').map((entry) => walkFolder(location, entry.path)))
  return {
    paths: [...entries.filter((entry) => entry.kind === 'file').map((entry) => entry.path), ...below.flatMap((part) => part.paths)],
    notices: [...notices, ...below.flatMap((part) => part.notices)],
  }
}

async function look(location: string, folder: string, entry: Dirent): Promise<Seen> {
  const path = folder === '' ? entry.name : `${folder}/${entry.name}`
  if (entry.isFile()) return { kind: 'file', path }
  if (entry.isDirectory()) return { kind: 'folder', path }
  if (entry.isSymbolicLink()) return followLink(location, path)
  return skip(path, 'is not a regular file.')
}

async function followLink(location: string, path: string): Promise<Seen> {
  const target = await realpath(join(location, path)).catch(() => undefined)
  if (target === undefined) return skip(path, 'is a link that leads nowhere.')
  if (!isInside(await realpath(location), target)) return skip(path, 'is a link that leads out of the corpus folder.')
  const info: Stats = await stat(target)
  // A link to a folder inside would read the same files twice, or run in a circle.
  return info.isFile() ? { kind: 'file', path } : skip(path, 'is a link to something that is not a file.')
}

function skip(path: string, problem: string): Seen {
  return { kind: 'skipped', notice: { code: 'FILE_SKIPPED', text: `"${path}" ${problem}` } }
}
