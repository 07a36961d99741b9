import type { LexicalParts, PassageScores, RetrievalExplanation } from '../../src/core/types/retrieval.js'

/** The lexical score as its parts are said to make it. */
export function recomputeLexical({ words, asks, titleFactor, neighbours, concepts }: LexicalParts): number {
  return (words + asks) * titleFactor + neighbours + concepts
}

/** The fused score as the legs' scores are said to make it. */
export function recomputeFused({ lexical, dense }: PassageScores, { fusion }: Pick<RetrievalExplanation, 'fusion'>): number {
  const byWords = lexical === undefined ? 0 : lexical.score / fusion.bestLexical
  if (dense === undefined || fusion.dense === undefined) return byWords
  const { weight, background, best } = fusion.dense
  return byWords + (weight * Math.max(0, dense.score - background)) / (best - background)
}

/** The confidence as its signals are said to make it. */
export function recomputeConfidence({ confidence }: RetrievalExplanation): number {
  return 1 / (1 + Math.exp(-confidence.reduce((sum, { adds }) => sum + adds, 0)))
}
