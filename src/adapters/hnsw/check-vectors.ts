import { AppError } from '../../core/errors/app-error.js'

/** Rejects, with INDEX_MISMATCH, numbers that native code would swallow in silence: not finite, or not a whole number of vectors. */
export function checkVectors(vectors: Float32Array, dimension: number, path: string): void {
  if (!Number.isInteger(dimension) || dimension < 1 || vectors.length % dimension !== 0) {
    throw new AppError('INDEX_MISMATCH', { path, problem: `${vectors.length} numbers are no vectors of ${dimension}` })
  }
  const broken = vectors.findIndex((value) => !Number.isFinite(value))
  if (broken >= 0) {
    throw new AppError('INDEX_MISMATCH', { path, problem: `vector ${Math.floor(broken / dimension)} holds ${vectors[broken]}` })
  }
}
