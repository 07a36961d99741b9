import { createHash } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '../../core/errors/app-error.js'
import { cachedModelPath } from './find-model-folder.js'
import { createHubClient, downloadFailed, type HubClient, type HubFile } from './hub-client.js'
import { type ModelDtype, modelRepository, pathInside, requiredFiles } from './model-files.js'
import { isRevision, type RevisionRecord, readRevisionFile, writeRevisionFile } from './revision-file.js'

export interface DownloadProgress {
  /** Relative to the model folder. */
  readonly file: string
  readonly receivedBytes: number
  readonly totalBytes?: number
}

export interface DownloadModelOptions {
  readonly cacheDir: string
  readonly dtype: ModelDtype
  readonly hubUrl?: string
  /** A commit (40 hexadecimal digits) or a branch. Without it: the commit fetched first, or what `main` is now. */
  readonly revision?: string
  readonly connectTimeoutMs?: number
  readonly stallTimeoutMs?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: DownloadProgress) => void
}

interface Download {
  readonly folder: string
  readonly hub: HubClient
  readonly revision: string
  readonly onProgress: (progress: DownloadProgress) => void
}

const publicHub = 'https://huggingface.co'

/**
 * Fetches the files that are missing in the cache, all of one commit, and returns the model folder. Each file is checked against
 * the hub's size and hash under a temporary name before it gets its own; the commit is kept in revision.json, so that files
 * fetched later fit. Rejects with MODEL_DOWNLOAD_FAILED, or the signal's reason; whole files stay for the next attempt.
 */
export async function downloadModel(options: DownloadModelOptions): Promise<{ readonly path: string; readonly revision: string }> {
  const { cacheDir, dtype, hubUrl = publicHub, onProgress = () => undefined } = options
  const { connectTimeoutMs = 5000, stallTimeoutMs = 30_000, signal = new AbortController().signal } = options
  const folder = cachedModelPath(cacheDir)
  const earlier = await readRevisionFile(folder)
  const wanted = options.revision ?? earlier?.revision ?? 'main'
  if (earlier?.revision === wanted && (await isComplete(folder, dtype, earlier))) return { path: folder, revision: wanted }
  const hub = createHubClient({ hubUrl: hubUrl.replace(/\/+$/, ''), repository: modelRepository, connectTimeoutMs, stallTimeoutMs, signal })
  const revision = isRevision(wanted) ? wanted : await hub.resolveRevision(wanted)
  try {
    await fetchMissing({ folder, hub, revision, onProgress }, dtype, earlier)
  } catch (cause) {
    signal.throwIfAborted()
    throw cause instanceof AppError ? cause : downloadFailed(`${hubUrl}/${modelRepository}`, cause)
  }
  return { path: folder, revision }
}

async function fetchMissing(download: Download, dtype: ModelDtype, earlier: RevisionRecord | undefined): Promise<void> {
  const { folder, hub, revision } = download
  const listed = await hub.listFiles(revision)
  let record: RevisionRecord = { repository: modelRepository, revision, files: earlier?.revision === revision ? earlier.files : {} }
  for (const path of requiredFiles(dtype)) {
    if (await isFetched(folder, path, record)) continue
    const file = listed.find((candidate) => candidate.path === path)
    if (file === undefined) throw downloadFailed(hub.addressOf(revision, path), new Error('the hub has no such file'))
    const sha256 = await fetchFile(download, file)
    record = { ...record, files: { ...record.files, [path]: { size: file.size, sha256 } } }
    await writeRevisionFile(folder, record)
  }
  // Weights of another commit must not be taken for a match of the new tokenizer.
  for (const path of Object.keys(earlier?.files ?? {})) if (!(path in record.files)) await rm(pathInside(folder, path), { force: true })
}

async function isComplete(folder: string, dtype: ModelDtype, record: RevisionRecord): Promise<boolean> {
  for (const path of requiredFiles(dtype)) if (!(await isFetched(folder, path, record))) return false
  return true
}

async function isFetched(folder: string, path: string, record: RevisionRecord): Promise<boolean> {
  const found = await stat(pathInside(folder, path)).catch(() => undefined)
  return found !== undefined && found.size === record.files[path]?.size
}

async function fetchFile(download: Download, file: HubFile): Promise<string> {
  const path = pathInside(download.folder, file.path)
  const temporary = `${path}.${process.pid}.part`
  await mkdir(dirname(path), { recursive: true })
  try {
    const sha256 = await writeChecked(download, file, temporary)
    await rename(temporary, path)
    return sha256
  } finally {
    await rm(temporary, { force: true })
  }
}

async function writeChecked({ hub, revision, onProgress }: Download, file: HubFile, temporary: string): Promise<string> {
  const sha256 = createHash('sha256')
  const gitSha1 = createHash('sha1').update(`blob ${file.size}\0`)
  const output = await open(temporary, 'w')
  let receivedBytes = 0
  try {
    for await (const piece of hub.fetchFile(revision, file.path)) {
      await output.writeFile(piece)
      sha256.update(piece)
      gitSha1.update(piece)
      receivedBytes += piece.byteLength
      if (receivedBytes > file.size) break
      onProgress({ file: file.path, receivedBytes, totalBytes: file.size })
    }
    await output.sync()
  } finally {
    await output.close()
  }
  const found = { sha256: sha256.digest('hex'), 'git-sha1': gitSha1.digest('hex') }
  const url = hub.addressOf(revision, file.path)
  if (receivedBytes !== file.size) throw downloadFailed(url, new Error(`${receivedBytes} bytes came where ${file.size} should`))
  if (found[file.hash.kind] !== file.hash.hex) throw downloadFailed(url, new Error('its hash is not the one that the hub states'))
  return found.sha256
}
