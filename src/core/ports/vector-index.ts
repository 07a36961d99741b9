import type { Similarity, VectorLabel } from '../types/brand.js'

export interface VectorHit {
  readonly label: VectorLabel
  readonly similarity: Similarity
}

/** Finds the nearest of many unit vectors. Labels are positions in the vector file. */
export interface VectorIndex {
  /** How it searches, for `doctor` and the inspector. */
  readonly method: 'hnsw' | 'exact'
  readonly size: number
  /**
   * The `count` most similar vectors, best first (fewer when there are fewer). `accepts` narrows the search to some labels.
   * Fails with INDEX_MISMATCH when the vector has another width.
   */
  search(vector: Float32Array, count: number, accepts?: (label: VectorLabel) => boolean): readonly VectorHit[]
}
