import { createGaussianNumbers } from '../model-folder/random-numbers.js'

export interface MadeVectors {
  readonly count: number
  readonly dimension: number
  readonly seed: number
}

const pointsPerCentre = 100
const spread = 0.7

/** Like the vectors of books: around one random unit centre per 100 points, each the normalised sum of its centre and .7 × a random unit vector. */
export function makeClusteredVectors({ count, dimension, seed }: MadeVectors): Float32Array {
  const next = createGaussianNumbers(seed)
  const centres = Array.from({ length: Math.ceil(count / pointsPerCentre) }, () => toUnit(draw(next, dimension)))
  const vectors = new Float32Array(count * dimension)
  for (let point = 0; point < count; point++) {
    const centre = centres[point % centres.length] ?? []
    const away = toUnit(draw(next, dimension))
    const sum = away.map((value, place) => (centre[place] ?? 0) + spread * value)
    vectors.set(toUnit(sum), point * dimension)
  }
  return vectors
}

/** Without any structure: the hardest case for a graph, and unlike any text. */
export function makeGaussianVectors({ count, dimension, seed }: MadeVectors): Float32Array {
  const next = createGaussianNumbers(seed)
  const vectors = new Float32Array(count * dimension)
  for (let point = 0; point < count; point++) vectors.set(toUnit(draw(next, dimension)), point * dimension)
  return vectors
}

function draw(next: () => number, dimension: number): readonly number[] {
  return Array.from({ length: dimension }, next)
}

function toUnit(values: readonly number[]): readonly number[] {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
  return values.map((value) => value / length)
}
