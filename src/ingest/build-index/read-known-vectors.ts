import type { Library } from '../../library/library.js'

/**
 * Vectors of an earlier generation by the key of the window they were made from; empty when it was made by another embedder.
 * The arrays are views: keep them only as long as the ingest runs.
 */
export async function readKnownVectors(library: Library | undefined, embedderId: string): Promise<ReadonlyMap<string, Float32Array>> {
  const known = new Map<string, Float32Array>()
  if (library?.manifest.embedder?.id !== embedderId) return known
  const [{ vectors, dimension }, keys] = await Promise.all([library.loadVectors(), library.loadWindowKeys()])
  keys.forEach((key, window) => void known.set(key, vectors.subarray(window * dimension, (window + 1) * dimension)))
  return known
}
