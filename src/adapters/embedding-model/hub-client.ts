import { AppError } from '../../core/errors/app-error.js'
import { isRevision } from './revision-file.js'

/** One file as the hub lists it. */
export interface HubFile {
  readonly path: string
  readonly size: number
  /** Hash of the content: SHA-256 for a large file, git's SHA-1 (of a `blob` header and the content) for a small one. */
  readonly hash: { readonly kind: 'sha256' | 'git-sha1'; readonly hex: string }
}

export interface HubClientOptions {
  /** Without a slash at the end. */
  readonly hubUrl: string
  readonly repository: string
  /** How long to wait for an answer to begin. */
  readonly connectTimeoutMs: number
  /** How long a running download may stand still. */
  readonly stallTimeoutMs: number
  readonly signal: AbortSignal
}

export interface HubClient {
  /** The commit that a branch points to now. */
  resolveRevision(branch: string): Promise<string>
  listFiles(revision: string): Promise<readonly HubFile[]>
  /** The content, piece by piece. Redirects are followed. */
  fetchFile(revision: string, path: string): AsyncIterable<Uint8Array>
  addressOf(revision: string, path: string): string
}

/** The three calls to the model hub that a download needs. All reject with MODEL_DOWNLOAD_FAILED, or the signal's reason. */
export function createHubClient(options: HubClientOptions): HubClient {
  const { hubUrl, repository } = options
  const addressOf = (revision: string, path: string) => `${hubUrl}/${repository}/resolve/${revision}/${path}`
  return {
    addressOf,
    async resolveRevision(branch) {
      const url = `${hubUrl}/api/models/${repository}/revision/${branch}`
      return parseRevisionReply(await fetchJson(url, options), url)
    },
    async listFiles(revision) {
      const url = `${hubUrl}/api/models/${repository}/tree/${revision}?recursive=true`
      return parseTree(await fetchJson(url, options), url)
    },
    fetchFile: (revision, path) => fetchPieces(addressOf(revision, path), options),
  }
}

/** MODEL_DOWNLOAD_FAILED for an address, with the deepest reason that the network stack gave. */
export function downloadFailed(url: string, cause: unknown): AppError {
  let deepest = cause
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause
  const problem = deepest instanceof Error ? deepest.message || deepest.name : String(deepest)
  return new AppError('MODEL_DOWNLOAD_FAILED', { url, problem }, cause)
}

async function fetchJson(url: string, options: HubClientOptions): Promise<unknown> {
  const pieces: Uint8Array[] = []
  for await (const piece of fetchPieces(url, options)) pieces.push(piece)
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'))
  } catch (cause) {
    throw downloadFailed(url, new Error('the answer is not JSON; is something between here and the hub?', { cause }))
  }
}

async function* fetchPieces(url: string, options: HubClientOptions): AsyncGenerator<Uint8Array> {
  const { signal, connectTimeoutMs, stallTimeoutMs } = options
  const patience = createPatience()
  try {
    patience.wait(connectTimeoutMs, `no answer within ${connectTimeoutMs / 1000} s`)
    const response = await fetch(url, { signal: AbortSignal.any([signal, patience.signal]) })
    if (!response.ok || response.body === null) throw new Error(`the answer is HTTP ${response.status} ${response.statusText}`.trimEnd())
    patience.wait(stallTimeoutMs, `nothing more came for ${stallTimeoutMs / 1000} s`)
    for await (const piece of response.body) {
      yield piece
      patience.wait(stallTimeoutMs, `nothing more came for ${stallTimeoutMs / 1000} s`)
    }
  } catch (cause) {
    signal.throwIfAborted()
    throw downloadFailed(url, patience.signal.aborted ? patience.signal.reason : cause)
  } finally {
    patience.end()
  }
}

/** A time limit that starts anew at each sign of life. */
function createPatience() {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  return {
    signal: controller.signal,
    wait(limitMs: number, problem: string) {
      clearTimeout(timer)
      timer = setTimeout(() => controller.abort(new Error(problem)), limitMs)
    },
    end: () => clearTimeout(timer),
  }
}

function parseRevisionReply(reply: unknown, url: string): string {
  const { sha } = (reply ?? {}) as { readonly sha?: unknown }
  if (isRevision(sha)) return sha
  throw downloadFailed(url, new Error('the hub names no commit'))
}

interface TreeEntry {
  readonly type?: unknown
  readonly path?: unknown
  readonly size?: unknown
  readonly oid?: unknown
  readonly lfs?: { readonly oid?: unknown }
}

function parseTree(reply: unknown, url: string): readonly HubFile[] {
  if (!Array.isArray(reply)) throw downloadFailed(url, new Error('the hub lists no files'))
  return (reply as readonly (TreeEntry | null)[]).flatMap((entry): readonly HubFile[] => {
    if (entry?.type !== 'file' || typeof entry.path !== 'string' || typeof entry.size !== 'number') return []
    const { path, size } = entry
    if (typeof entry.lfs?.oid === 'string') return [{ path, size, hash: { kind: 'sha256', hex: entry.lfs.oid } }]
    return typeof entry.oid === 'string' ? [{ path, size, hash: { kind: 'git-sha1', hex: entry.oid } }] : []
  })
}
