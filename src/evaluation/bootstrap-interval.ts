/** Where a figure would lie in 95 of 100 samples of questions like these. */
export interface Interval {
  readonly low: number
  readonly high: number
}

const rounds = 1000
const seed = 20_261_122
const tail = 0.025

/**
 * 95 % interval of the values' mean by the percentile bootstrap: the questions are drawn anew 1,000 times, with replacement, always by
 * the same random numbers. For the difference of two systems give the differences per question. 0 to 0 for no values.
 */
export function bootstrapInterval(values: readonly number[]): Interval {
  const next = createRandom(seed)
  const means = Array.from({ length: values.length === 0 ? 0 : rounds }, () => {
    let sum = 0
    for (let drawn = 0; drawn < values.length; drawn++) sum += values[Math.floor(next() * values.length)] ?? 0
    return sum / values.length
  }).sort((left, right) => left - right)
  return { low: means[Math.floor(tail * rounds)] ?? 0, high: means[Math.ceil((1 - tail) * rounds) - 1] ?? 0 }
}

/** Numbers from 0 up to 1, the same for the same start: Marsaglia's xorshift with 32 bits. */
function createRandom(start: number): () => number {
  let state = start
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
