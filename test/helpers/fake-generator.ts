import { AppError } from '../../src/core/errors/app-error.js'
import type { GeneratedPiece, GenerationRequest, TextGenerator } from '../../src/core/ports/text-generator.js'

export interface FakeGeneratorScript {
  /** Each a text piece, followed by an end that counts them. */
  readonly texts?: readonly string[]
  /** Instead of `texts`: the pieces as they are, end included. */
  readonly pieces?: readonly GeneratedPiece[]
  /** Waits for the signal after so many pieces. */
  readonly hangAfter?: number
  /** Does not even listen to the signal while it waits. */
  readonly isDeaf?: boolean
  /** Thrown after all pieces, instead of an end. */
  readonly failure?: Error
  readonly aiModel?: string
}

export interface FakeGenerator extends TextGenerator {
  readonly requests: readonly GenerationRequest[]
  /** How many of the generations were ended before their last piece, by the signal or by leaving the loop. */
  readonly stopped: number
  /** How many are still under way. */
  readonly running: number
}

/** Writes what its script says, without a model or a clock. Without a script any use of it is an error. */
export function createFakeGenerator(script?: FakeGeneratorScript): FakeGenerator {
  const requests: GenerationRequest[] = []
  const counts = { stopped: 0, running: 0 }
  async function* generate(request: GenerationRequest): AsyncGenerator<GeneratedPiece> {
    if (script === undefined) throw new Error('The fake generator was not expected to be used.')
    requests.push(request)
    counts.running += 1
    let isFinished = false
    try {
      yield* play(script, request.signal)
      isFinished = true
    } finally {
      counts.running -= 1
      if (!isFinished) counts.stopped += 1
    }
  }
  return {
    kind: 'ollama',
    aiModel: script?.aiModel ?? 'Fake',
    generate,
    requests,
    get stopped() {
      return counts.stopped
    },
    get running() {
      return counts.running
    },
  }
}

async function* play(script: FakeGeneratorScript, signal?: AbortSignal): AsyncGenerator<GeneratedPiece> {
  for (const [place, piece] of toPieces(script).entries()) {
    if (place === script.hangAfter) await hang(script.isDeaf === true ? undefined : signal)
    if (signal?.aborted === true && script.isDeaf !== true) throw toReason(signal)
    yield piece
  }
  if (script.failure !== undefined) throw script.failure
}

function toPieces(script: FakeGeneratorScript): readonly GeneratedPiece[] {
  if (script.pieces !== undefined) return script.pieces
  const texts = script.texts ?? ['An image is a template [1].']
  const pieces = texts.map((text) => ({ kind: 'text', text }) as const)
  if (script.failure !== undefined) return pieces
  return [...pieces, { kind: 'end', complete: true, promptTokens: 1, answerTokens: texts.length }]
}

function hang(signal?: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal?.aborted === true) reject(toReason(signal))
    signal?.addEventListener('abort', () => reject(toReason(signal)), { once: true })
  })
}

function toReason(signal: AbortSignal): AppError {
  return signal.reason instanceof AppError ? signal.reason : new AppError('INTERRUPTED', {}, signal.reason)
}
