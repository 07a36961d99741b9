import type { LexicalLeg } from './find-by-words.js'
import type { FoldedPassage } from './fold-duplicates.js'
import type { FusedPassage, FusionScale } from './fuse-rankings.js'
import type { Confidence } from './judge-confidence.js'
import type { QuestionTerms } from './read-question.js'

/** Everything that was found out on the way: the explanation is written from it. */
export interface Findings {
  readonly terms: QuestionTerms
  readonly lexical: LexicalLeg
  readonly fused: readonly FusedPassage[]
  readonly kept: readonly FoldedPassage[]
  readonly confidence: Confidence
  readonly scale: FusionScale
}
