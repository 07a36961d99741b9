import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What was fetched into a model folder: the hub's commit, and each file's size in bytes and SHA-256. */
export interface RevisionRecord {
  readonly repository: string
  readonly revision: string
  readonly files: Readonly<Record<string, { readonly size: number; readonly sha256: string }>>
}

const fileName = 'revision.json'

/** The record of a folder that was fetched; undefined for a folder that somebody else filled, or a record that cannot be read. */
export async function readRevisionFile(folder: string): Promise<RevisionRecord | undefined> {
  const text = await readFile(join(folder, fileName), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : parseRevision(text)
}

export async function writeRevisionFile(folder: string, record: RevisionRecord): Promise<void> {
  const temporary = join(folder, `${fileName}.${process.pid}.part`)
  await writeFile(temporary, `${JSON.stringify(record, null, 2)}\n`)
  await rename(temporary, join(folder, fileName))
}

function parseRevision(text: string): RevisionRecord | undefined {
  try {
    const value = JSON.parse(text) as Partial<RevisionRecord> | null
    const isRecord = typeof value?.repository === 'string' && isRevision(value.revision) && typeof value.files === 'object'
    return isRecord ? (value as RevisionRecord) : undefined
  } catch {
    // A cut record is worth nothing: the files are fetched and checked again.
    return undefined
  }
}

/** Whether a value is a full commit hash, which never moves, rather than a branch. */
export function isRevision(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{40}$/.test(value)
}
