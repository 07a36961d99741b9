import type { Notice } from '../../core/types/answer.js'
import type { RankedPassage } from '../../core/types/retrieval.js'
import type { Advice } from './advice-item.js'
import { noteOldAdvice } from './note-old-advice.js'

/**
 * The same for an answer that quotes its passages word for word: every command of it stands in a cited passage, so only OLD_ADVICE can be
 * told, and the words of Docker need not be read (75 ms of every command). Never fails.
 */
export function checkQuotedAdvice({ markdown, citations }: Advice, passages: readonly RankedPassage[]): readonly Notice[] {
  const cited = new Set(citations.map(({ passageId }) => passageId))
  const known = passages.map(({ passage }) => passage).filter(({ id }) => cited.has(id))
  return noteOldAdvice(markdown, citations, new Map(known.map((passage) => [passage.id, passage]))).notices
}
