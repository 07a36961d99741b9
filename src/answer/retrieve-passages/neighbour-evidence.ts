import { isCodeTerm } from '../../word-search/analyze-text.js'
import { bm25Parameters, findTerm, measureRarity, type TermIndex, termNumbersOf } from '../../word-search/bm25.js'

/** Two words of the question count as near each other within this many words. */
const window = 8
/** Weight of a pair in the question's order, and of a pair within the window: chosen on the tuning half of the golden questions. */
const pairWeight = 0.3

interface Pair {
  readonly first: number
  readonly second: number
  readonly rarity: number
}

/**
 * A function that tells how much a passage gains because words that stand side by side in the question do so in it too, in the same
 * order or within eight words; as with BM25, repetition saturates and rare words count more.
 */
export function createNeighbourEvidence(index: TermIndex, sequence: readonly string[]): (passageNumber: number) => number {
  const pairs = toPairs(index, sequence)
  if (pairs.length === 0) return () => 0
  const wanted = new Set(pairs.flatMap(({ first, second }) => [first, second]))
  return (passageNumber) => {
    const places = findPlaces(termNumbersOf(index, passageNumber), wanted)
    let total = 0
    for (const { first, second, rarity } of pairs) {
      const { ordered, near } = countPairs(places.get(first) ?? [], places.get(second) ?? [])
      total += pairWeight * rarity * (saturate(ordered) + saturate(near))
    }
    return total
  }
}

// A code word stands beside its parts, which would part the words on both its sides; flags are words of the question like others.
function toPairs(index: TermIndex, sequence: readonly string[]): readonly Pair[] {
  const words = sequence.filter((term) => !isCodeTerm(term) || term.startsWith('-'))
  const seen = new Set<string>()
  return words.flatMap((word, place) => {
    const next = words[place + 1]
    const pair = `${word} ${next}`
    if (next === undefined || next === word || seen.has(pair)) return []
    seen.add(pair)
    const [first, second] = [findTerm(index.terms, word), findTerm(index.terms, next)]
    if (first < 0 || second < 0) return []
    return [{ first, second, rarity: (measureRarity(index, word) + measureRarity(index, next)) / 2 }]
  })
}

function findPlaces(sequence: Uint32Array, wanted: ReadonlySet<number>): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>()
  sequence.forEach((term, place) => {
    if (!wanted.has(term)) return
    const own = places.get(term)
    if (own === undefined) places.set(term, [place])
    else own.push(place)
  })
  return places
}

function countPairs(first: readonly number[], second: readonly number[]): { ordered: number; near: number } {
  let ordered = 0
  let near = 0
  for (const before of first) {
    for (const after of second) {
      if (after - before === 1) ordered++
      if (Math.abs(after - before) < window) near++
    }
  }
  return { ordered, near }
}

function saturate(count: number): number {
  return (count * (bm25Parameters.k1 + 1)) / (count + bm25Parameters.k1)
}
