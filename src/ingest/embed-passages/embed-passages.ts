import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Embedder } from '../../core/ports/embedder.js'
import { cutWindows, type WindowSource } from './cut-windows.js'

export interface EmbedPassagesOptions {
  readonly passages: readonly WindowSource[]
  readonly embedder: Embedder
  /** Vectors of an earlier generation that the same embedder made, by window key. */
  readonly known: ReadonlyMap<string, Float32Array>
  readonly signal?: AbortSignal
  /** Told in passages: those whose windows were known count as done at once. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void
}

export interface EmbeddedPassages {
  /** Windows of each passage, in passage order; their sum is the number of windows. */
  readonly windowCounts: readonly number[]
  /** Per window: the first 16 hexadecimal digits of the SHA-256 of its text. */
  readonly windowKeys: readonly string[]
  /** All windows' vectors one after the other. */
  readonly vectors: Float32Array
  /** Passages of which at least one window was embedded now. */
  readonly embeddedPassages: number
  /** Passages of which all vectors were known. */
  readonly reusedPassages: number
}

interface Window {
  readonly key: string
  readonly text: string
}

const keyCharacters = 16
const passagesPerTurn = 16

/**
 * One vector per window of every passage, in passage order. Windows with the same text are embedded once. Rejects with
 * EMBEDDING_FAILED when the embedder does, and with the signal's reason.
 */
export async function embedPassages(options: EmbedPassagesOptions): Promise<EmbeddedPassages> {
  const { embedder, known } = options
  const isKnown = (key: string) => known.get(key)?.length === embedder.dimension
  const windows = await cutAll(options)
  const fresh = new Map(windows.flat().flatMap(({ key, text }) => (isKnown(key) ? [] : [[key, text] as const])))
  const reusedPassages = windows.filter((own) => own.every(({ key }) => !fresh.has(key))).length
  const made = await embedFresh([...fresh.values()], reusedPassages, options)
  const vectorOf = new Map([...fresh.keys()].map((key, index) => [key, made[index]] as const))
  const windowKeys = windows.flatMap((own) => own.map(({ key }) => key))
  const vectors = new Float32Array(windowKeys.length * embedder.dimension)
  windowKeys.forEach((key, index) => {
    vectors.set(vectorOf.get(key) ?? known.get(key) ?? [], index * embedder.dimension)
  })
  return {
    windowCounts: windows.map((own) => own.length),
    windowKeys,
    vectors,
    embeddedPassages: windows.length - reusedPassages,
    reusedPassages,
  }
}

async function cutAll({ passages, embedder, signal }: EmbedPassagesOptions): Promise<readonly (readonly Window[])[]> {
  const windows: (readonly Window[])[] = []
  for (const passage of passages) {
    // Cutting counts word pieces, which takes a while for a large book: a cancel must get through.
    if (windows.length % passagesPerTurn === 0) await nextTurn()
    signal?.throwIfAborted()
    windows.push(cutWindows(passage, embedder).map((text) => ({ key: toKey(text), text })))
  }
  return windows
}

function toKey(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, keyCharacters)
}

async function embedFresh(texts: readonly string[], reused: number, options: EmbedPassagesOptions): Promise<readonly Float32Array[]> {
  const { passages, embedder, signal, onProgress } = options
  const total = passages.length
  onProgress?.({ done: texts.length === 0 ? total : reused, total })
  if (texts.length === 0) return []
  // Windows are done in any order, so the passages done are told by their share.
  const report = (done: number) => onProgress?.({ done: reused + Math.floor((done / texts.length) * (total - reused)), total })
  return embedder.embed(texts, { onProgress: report, ...(signal === undefined ? {} : { signal }) })
}
