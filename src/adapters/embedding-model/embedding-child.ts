import { toAppError } from '../../core/errors/app-error.js'
import type { ChildReply, ChildRequest } from './child-messages.js'
import { type ModelSession, openModelSession } from './model-session.js'

// The entry of an embedding process. It ends when the channel to its parent closes, however the parent went away: between two
// runs of the model, for a run blocks this thread.
let session: ModelSession | undefined

process.on('disconnect', () => process.exit(0))
// Ctrl-C reaches the whole process group; the parent decides what becomes of this process.
process.on('SIGINT', () => undefined)
process.on('message', (request: ChildRequest) => {
  answer(request).then(send, (failure: unknown) => send(toFailure(failure)))
})

async function answer(request: ChildRequest): Promise<ChildReply> {
  switch (request.kind) {
    case 'open':
      session = await openModelSession(request)
      return { kind: 'opened' }
    case 'run':
      return { kind: 'vectors', vectors: (await session?.run(request.texts)) ?? [] }
  }
}

function send(reply: ChildReply): void {
  if (process.connected) process.send?.(reply)
}

function toFailure(failure: unknown): ChildReply {
  const { code, details, message } = toAppError(failure)
  return { kind: 'failed', code, path: String(details.path ?? ''), problem: String(details.problem ?? message) }
}
