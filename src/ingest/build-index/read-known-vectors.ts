import type { Library } from '../../library/library.js'
import type { KeptVectors } from '../../library/write-generation.js'

/** The vectors that a generation holds, in use or only kept; undefined when it has none. */
export async function readStoredVectors(library: Library | undefined): Promise<KeptVectors | undefined> {
  const embedder = library?.manifest.embedder ?? library?.manifest.keptVectors ?? undefined
  if (library === undefined || embedder === undefined) return undefined
  const [vectors, windowKeys] = await Promise.all([library.loadStoredVectors(), library.loadWindowKeys()])
  return { embedder, vectors, windowKeys }
}

/**
 * Vectors of an earlier generation by the key of the window they were made from; empty when it was made by another embedder.
 * The arrays are views: keep them only as long as the ingest runs.
 */
export async function readKnownVectors(library: Library | undefined, embedderId: string): Promise<ReadonlyMap<string, Float32Array>> {
  const stored = await readStoredVectors(library)
  if (stored?.embedder.id !== embedderId) return new Map()
  const { dimension } = stored.embedder
  return new Map(stored.windowKeys.map((key, window) => [key, stored.vectors.subarray(window * dimension, (window + 1) * dimension)]))
}
