import { bodyNumbersOf, type TermIndex } from '../../word-search/bm25.js'
import type { FusedPassage } from './fuse-rankings.js'

export interface FoldedPassage extends FusedPassage {
  /** Passages of nearly the same words that came after this one. */
  readonly folded: readonly number[]
}

/** Words in a row that are compared: of three, a changed name in a table's row spoils only its own row. */
const shingleLength = 3
/** Share of shingles (of both together) that passages must share to be one. */
const nearlyEqual = 0.8
/** Shorter texts are alike by chance, and must be equal to be one. */
const fewestShingles = 12
/** Candidates looked at per passage wanted: a duplicate ranks near its twin. */
const depth = 4

/**
 * Takes passages best first and folds each that has nearly the words of a better one into it (Broder's resemblance of shingles, 1997),
 * until `count` different ones are found. Books print the same page under two names, and the same table under every alias.
 */
export function foldDuplicates(
  index: TermIndex,
  fused: readonly FusedPassage[],
  { count, textOf }: { readonly count: number; readonly textOf: (passageNumber: number) => string },
): readonly FoldedPassage[] {
  const kept: { readonly first: FusedPassage; readonly shingles: ReadonlySet<number>; readonly folded: number[] }[] = []
  for (const [place, found] of fused.entries()) {
    if (kept.length === count && place >= depth * count) break
    const shingles = toShingles(bodyNumbersOf(index, found.passageNumber))
    const same = kept.find((one) => {
      return isNearlyEqual(one.shingles, shingles) && saysTheSame(textOf(one.first.passageNumber), textOf(found.passageNumber))
    })
    if (same !== undefined) same.folded.push(found.passageNumber)
    else if (kept.length < count) kept.push({ first: found, shingles, folded: [] })
  }
  return kept.map(({ first, folded }) => ({ ...first, folded }))
}

// Two editions may differ by one number or one "not" in a hundred words: the newer one must not vanish behind the older.
const tellingWord = /\d[\w.:%]*|(?<!\w)--?[a-z][\w-]*|\b(?:not?|never|none|without|cannot|\w+n['’]t|only|no longer)\b/giu

function saysTheSame(left: string, right: string): boolean {
  const listTelling = (text: string) => (text.match(tellingWord) ?? []).sort().join(' ')
  return listTelling(left) === listTelling(right)
}

function toShingles(sequence: Uint32Array): ReadonlySet<number> {
  const shingles = new Set<number>()
  for (let place = 0; place < Math.max(1, sequence.length - shingleLength + 1); place++) {
    let shingle = 0
    // A hash of 32 bits (FNV's prime): that two of a few hundred fall together is unlikely and does no harm.
    for (const term of sequence.subarray(place, place + shingleLength)) shingle = Math.imul(shingle, 16_777_619) ^ (term + 1)
    shingles.add(shingle)
  }
  return shingles
}

function isNearlyEqual(left: ReadonlySet<number>, right: ReadonlySet<number>): boolean {
  const [fewer, more] = left.size < right.size ? [left, right] : [right, left]
  if (fewer.size < nearlyEqual * more.size) return false
  let shared = 0
  for (const shingle of fewer) if (more.has(shingle)) shared++
  const resemblance = shared / (left.size + right.size - shared)
  return fewer.size < fewestShingles ? resemblance === 1 : resemblance >= nearlyEqual
}
