/** Links per vector, and candidates looked at while a vector is put in. More gained nothing on clustered vectors. */
export const links = 16
export const buildCandidates = 200
/** Inner product: for unit vectors the same order as the cosine, without dividing at each comparison. */
export const space = 'ip'

/**
 * Vectors from which on the HNSW file is worth having: below it exact search in plain JavaScript takes at most 2.5 ms and is
 * never wrong, while the file takes seconds to build (measured by hnsw-bench.ts).
 */
export const minHnswVectors = 10_000

/**
 * Candidates that a search looks at: recall@10 is at least .999 with them on clustered vectors (embedding-notes; hnsw-bench.ts
 * measures it again).
 */
export function searchCandidates(size: number, count: number): number {
  return Math.max(size < 100_000 ? 64 : 128, Math.ceil(count * 1.5))
}
