import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { AppError } from '../../core/errors/app-error.js'
import type { ChildReply, ChildRequest } from './child-messages.js'
import type { ModelSession, SessionOptions } from './model-session.js'

const closeTimeoutMs = 2000

export interface EmbeddingProcess extends ModelSession {
  readonly pid: number | undefined
  isAlive(): boolean
}

/**
 * The model in a process of its own: the same as `openModelSession`, but running it does not block this one. When that process
 * dies, what waits and whatever comes later is rejected with EMBEDDING_FAILED.
 */
export async function openEmbeddingProcess(options: SessionOptions): Promise<EmbeddingProcess> {
  const child = startChild()
  const ask = createAsker(child)
  try {
    await ask({ kind: 'open', ...options })
  } catch (failure) {
    await endChild(child)
    throw failure
  }
  return {
    pid: child.pid,
    isAlive: () => child.exitCode === null && child.signalCode === null && child.connected,
    async run(texts) {
      const reply = await ask({ kind: 'run', texts })
      return reply.kind === 'vectors' ? reply.vectors : []
    },
    close: () => endChild(child),
  }
}

function startChild(): ChildProcess {
  const isSource = import.meta.url.endsWith('.ts')
  const entry = fileURLToPath(new URL(isSource ? 'embedding-child.ts' : 'embedding-child.js', import.meta.url))
  // Test runners and profilers put flags of their own into execArgv, which must not reach the child.
  const execArgv = isSource ? ['--import', import.meta.resolve('tsx')] : []
  return fork(entry, [], { execArgv, serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
}

type Pending = { readonly resolve: (reply: ChildReply) => void; readonly reject: (failure: AppError) => void }

function createAsker(child: ChildProcess): (request: ChildRequest) => Promise<ChildReply> {
  const waiting: Pending[] = []
  let ended: string | undefined
  const fail = (problem: string) => {
    ended ??= problem
    for (const { reject } of waiting.splice(0)) reject(new AppError('EMBEDDING_FAILED', { problem: ended }))
  }
  child.on('message', (reply: ChildReply) => {
    const pending = waiting.shift()
    if (reply.kind === 'failed') pending?.reject(toError(reply))
    else pending?.resolve(reply)
  })
  child.on('error', (cause) => fail(`its process could not be used: ${cause.message}`))
  child.on('exit', (code, signal) => fail(`its process ended (${signal ?? `exit code ${code}`})`))
  return (request) =>
    new Promise((resolve, reject) => {
      if (ended !== undefined) return reject(new AppError('EMBEDDING_FAILED', { problem: ended }))
      waiting.push({ resolve, reject })
      // A failed send is followed by 'exit', which rejects what waits.
      child.send(request, () => undefined)
    })
}

function toError({ code, path, problem }: Extract<ChildReply, { kind: 'failed' }>): AppError {
  return code === 'MODEL_UNUSABLE' ? new AppError('MODEL_UNUSABLE', { path, problem }) : new AppError('EMBEDDING_FAILED', { problem })
}

/** Lets the child end by itself, which it does after the run in hand, and helps only when that takes too long. */
async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  if (child.connected) child.disconnect()
  const impatience = setTimeout(() => child.kill('SIGKILL'), closeTimeoutMs)
  await gone
  clearTimeout(impatience)
}
