import type { LegScore, PassageScores } from '../../core/types/retrieval.js'

/** A leg's opinion: passage numbers, best first. */
export interface LegHit {
  readonly passageNumber: number
  readonly score: number
}

export interface FusedPassage {
  readonly passageNumber: number
  readonly scores: PassageScores
}

/** Reciprocal rank fusion's constant, from Cormack, Clarke and Buettcher, SIGIR 2009. */
export const rankConstant = 60

/**
 * One ranking from both legs by reciprocal rank fusion: 1 / (60 + rank), summed. Ranks can be added up where a cosine and a BM25
 * score cannot. With one leg alone its order stays. Equal scores keep the lexical order, then passage order.
 */
export function fuseRankings(legs: { readonly lexical: readonly LegHit[]; readonly dense: readonly LegHit[] }): readonly FusedPassage[] {
  const lexical = toLegScores(legs.lexical)
  const dense = toLegScores(legs.dense)
  const fused = [...new Set([...lexical.keys(), ...dense.keys()])].map((passageNumber) => {
    const byWords = lexical.get(passageNumber)
    const byMeaning = dense.get(passageNumber)
    const scores = {
      ...(byMeaning === undefined ? {} : { dense: byMeaning }),
      ...(byWords === undefined ? {} : { lexical: byWords }),
      fused: reciprocalRank(byWords) + reciprocalRank(byMeaning),
    }
    return { passageNumber, scores }
  })
  return fused.sort((left, right) => right.scores.fused - left.scores.fused)
}

function toLegScores(hits: readonly LegHit[]): ReadonlyMap<number, LegScore> {
  return new Map(hits.map(({ passageNumber, score }, position) => [passageNumber, { score, rank: position + 1 }]))
}

function reciprocalRank(leg: LegScore | undefined): number {
  return leg === undefined ? 0 : 1 / (rankConstant + leg.rank)
}
