import type { GeneratedPiece, GenerationRequest, TextGenerator } from '../../core/ports/text-generator.js'
import { createDeadlines, type Deadlines } from './deadlines.js'

export interface GenerationLimits {
  /** From the call to the first piece: loading the model and reading the prompt come before it. */
  readonly firstPieceMs: number
  readonly betweenPiecesMs: number
  readonly totalMs: number
}

/**
 * The generator's pieces in its order, under our own deadlines. Rejects with TIMEOUT, naming what took too long; with
 * INTERRUPTED (or the signal's own AppError) when `request.signal` fires; and with whatever the generator rejects with.
 * Each of these, and leaving the loop early, stops the generator; one that does not listen is left behind, not waited for.
 */
export async function* generateText(
  request: GenerationRequest,
  generator: TextGenerator,
  limits: GenerationLimits,
): AsyncGenerator<GeneratedPiece, void, undefined> {
  const deadlines = createDeadlines(limits.totalMs, request.signal)
  try {
    deadlines.signal.throwIfAborted()
    const pieces = generator.generate({ ...request, signal: deadlines.signal })
    yield* withLimits(pieces[Symbol.asyncIterator](), deadlines, limits)
  } finally {
    deadlines.stop()
  }
}

async function* withLimits(
  pieces: AsyncIterator<GeneratedPiece>,
  deadlines: Deadlines,
  limits: GenerationLimits,
): AsyncGenerator<GeneratedPiece> {
  let isWaiting = true
  try {
    let next = await deadlines.wait(pieces.next(), 'The first word', limits.firstPieceMs)
    while (next.done !== true) {
      isWaiting = false
      yield next.value
      isWaiting = true
      next = await deadlines.wait(pieces.next(), 'The next word', limits.betweenPiecesMs)
    }
  } finally {
    // A generator that still owes a piece would answer only after it, perhaps never: the signal alone must reach it.
    if (!isWaiting) await pieces.return?.()
  }
}
