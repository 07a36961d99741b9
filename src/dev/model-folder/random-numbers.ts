/** The same sequence for the same seed, on every machine: 32 random bits a call. */
export function createRandomBits(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return (bits ^ (bits >>> 14)) >>> 0
  }
}

/** Evenly spread between `-1` and `1`. */
export function createRandomNumbers(seed: number): () => number {
  const next = createRandomBits(seed)
  return () => next() / 2 ** 31 - 1
}

/** Normally distributed with mean 0 and deviation 1. */
export function createGaussianNumbers(seed: number): () => number {
  const next = createRandomBits(seed)
  return () => Math.sqrt(-2 * Math.log((next() + 1) / 2 ** 32)) * Math.cos((2 * Math.PI * next()) / 2 ** 32)
}
