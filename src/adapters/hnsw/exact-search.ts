import type { VectorHit } from '../../core/ports/vector-index.js'
import { toSimilarity, toVectorLabel, type VectorLabel } from '../../core/types/brand.js'

export interface ExactSearch {
  /** All vectors one after the other. */
  readonly vectors: Float32Array
  readonly vector: Float32Array
  readonly count: number
  readonly accepts?: (label: VectorLabel) => boolean
}

/** The best `count` of all accepted vectors, best first; of equally similar ones, the lower label first. */
export function searchExactly({ vectors, vector, count, accepts }: ExactSearch): readonly VectorHit[] {
  const size = vector.length === 0 ? 0 : vectors.length / vector.length
  const best = createBestList(Math.min(count, size))
  for (let label = 0; label < size; label++) {
    if (accepts === undefined || accepts(toVectorLabel(label))) best.offer(label, dotProduct(vectors, label * vector.length, vector))
  }
  return best.toHits()
}

/** Product of `vector` with the numbers that start at `offset`. Four sums at a time keep the processor's pipelines busy. */
export function dotProduct(numbers: Float32Array, offset: number, vector: Float32Array): number {
  const { length } = vector
  const even = length - (length % 4)
  let [first, second, third, fourth] = [0, 0, 0, 0]
  for (let index = 0; index < even; index += 4) {
    const place = offset + index
    first += (numbers[place] as number) * (vector[index] as number)
    second += (numbers[place + 1] as number) * (vector[index + 1] as number)
    third += (numbers[place + 2] as number) * (vector[index + 2] as number)
    fourth += (numbers[place + 3] as number) * (vector[index + 3] as number)
  }
  for (let index = even; index < length; index++) first += (numbers[offset + index] as number) * (vector[index] as number)
  return first + second + third + fourth
}

/** Keeps the highest of many offered values: a heap whose root is the lowest kept. */
function createBestList(capacity: number) {
  const labels = new Int32Array(capacity)
  const values = new Float64Array(capacity)
  let size = 0
  const valueAt = (place: number) => values[place] ?? Number.NEGATIVE_INFINITY
  const put = (place: number, label: number, value: number) => {
    labels[place] = label
    values[place] = value
  }
  const sinkFromRoot = (label: number, value: number) => {
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      if (child >= size) break
      if (child + 1 < size && valueAt(child + 1) < valueAt(child)) child++
      if (valueAt(child) >= value) break
      put(place, labels[child] ?? 0, valueAt(child))
      place = child
    }
    put(place, label, value)
  }
  const riseFromEnd = (label: number, value: number) => {
    let place = size++
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (valueAt(parent) <= value) break
      put(place, labels[parent] ?? 0, valueAt(parent))
      place = parent
    }
    put(place, label, value)
  }
  return {
    offer(label: number, value: number) {
      if (size < capacity) riseFromEnd(label, value)
      else if (value > valueAt(0)) sinkFromRoot(label, value)
    },
    toHits(): readonly VectorHit[] {
      const hits = Array.from(labels.subarray(0, size), (label, place) => ({ label, value: valueAt(place) }))
      hits.sort((one, other) => other.value - one.value || one.label - other.label)
      return hits.map(({ label, value }) => ({ label: toVectorLabel(label), similarity: toSimilarity(value) }))
    },
  }
}
