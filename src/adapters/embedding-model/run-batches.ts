import type { EmbedOptions } from '../../core/ports/embedder.js'
import type { ModelSession } from './model-session.js'

/** Word pieces in one message to a session: small enough to stop soon after a cancel, as many as the model takes in one call. */
const maxTokensPerMessage = 512

/**
 * One vector per text, in the order given. Every session takes the next batch when it is free; a cancel or a failure stops all
 * of them between batches, and is reported once none is running any more.
 */
export async function runBatches(
  encoded: readonly Int32Array[],
  sessions: readonly ModelSession[],
  { signal, onProgress }: EmbedOptions,
): Promise<readonly Float32Array[]> {
  const batches = toBatches(encoded)[Symbol.iterator]()
  const vectors: Float32Array[] = []
  let done = 0
  let hasFailed = false
  const work = async (session: ModelSession) => {
    for (const batch of batches) {
      const found = await session.run(batch.map((place) => encoded[place] ?? new Int32Array()))
      found.forEach((vector, index) => {
        vectors[batch[index] ?? -1] = vector
      })
      done += batch.length
      onProgress?.(done)
      if (hasFailed || signal?.aborted) return
    }
  }
  const guard = (session: ModelSession) =>
    work(session).catch((failure: unknown) => {
      hasFailed = true
      throw failure
    })
  signal?.throwIfAborted()
  const outcomes = await Promise.allSettled(sessions.map(guard))
  signal?.throwIfAborted()
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  return vectors
}

/**
 * Places of texts, longest first, so that no long text is left over at the end for one process alone. Texts of one length stay
 * together as far as a message holds, because the model takes them in one call.
 */
function toBatches(encoded: readonly Int32Array[]): readonly (readonly number[])[] {
  const lengthAt = (place = 0) => encoded[place]?.length ?? 0
  const places = [...encoded.keys()].sort((one, other) => lengthAt(other) - lengthAt(one))
  const sameLength = join(
    places.map((place) => [place]),
    (group, next) => lengthAt(group[0]) === lengthAt(next[0]) && (group.length + 1) * lengthAt(next[0]) <= maxTokensPerMessage,
  )
  const tokensOf = (group: readonly number[]) => group.reduce((sum, place) => sum + lengthAt(place), 0)
  return join(sameLength, (batch, next) => tokensOf(batch) + tokensOf(next) <= maxTokensPerMessage)
}

type Group = readonly number[]

/** Joins neighbours as long as the condition holds. */
function join(groups: readonly Group[], canJoin: (group: Group, next: Group) => boolean): readonly Group[] {
  const joined: number[][] = []
  for (const next of groups) {
    const last = joined.at(-1)
    if (last !== undefined && canJoin(last, next)) last.push(...next)
    else joined.push([...next])
  }
  return joined
}
