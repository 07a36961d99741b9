/** Sizes of the model's output: texts of one length, one vector per word piece. */
export interface HiddenStates {
  readonly data: Float32Array
  readonly texts: number
  readonly tokens: number
  readonly dimension: number
}

/** One vector per text: the mean over all its word pieces, [CLS] and [SEP] included, scaled to length one. */
export function poolVectors({ data, texts, tokens, dimension }: HiddenStates): readonly Float32Array[] {
  return Array.from({ length: texts }, (_, text) => {
    const start = text * tokens * dimension
    return toUnitVector(sumRows(data.subarray(start, start + tokens * dimension), dimension))
  })
}

function sumRows(rows: Float32Array, dimension: number): Float64Array {
  const sums = new Float64Array(dimension)
  for (let row = 0; row < rows.length; row += dimension) {
    for (let column = 0; column < dimension; column++) sums[column] = (sums[column] ?? 0) + (rows[row + column] ?? 0)
  }
  return sums
}

// The mean's divisor drops out when the vector is scaled to length one.
function toUnitVector(sums: Float64Array): Float32Array {
  let squares = 0
  for (const value of sums) squares += value * value
  const length = Math.max(Math.sqrt(squares), Number.MIN_VALUE)
  return Float32Array.from(sums, (value) => value / length)
}
