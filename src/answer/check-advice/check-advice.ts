import type { Notice } from '../../core/types/answer.js'
import type { RankedPassage } from '../../core/types/retrieval.js'
import type { Advice } from './advice-item.js'
import { noteCommands } from './note-commands.js'
import { noteOldAdvice } from './note-old-advice.js'
import { listShownItems } from './shown-items.js'

/**
 * What the reader must know before typing what a finished answer says, each thing once: COMMAND_UNKNOWN for what neither Docker nor a cited
 * passage knows, COMMAND_OLD for what Docker has dropped or will drop, COMMAND_NOT_IN_BOOK for what Docker knows but no cited passage shows,
 * OLD_ADVICE for advice that was right when its book was written. `passages` are those that the citations may name. Never fails.
 */
export function checkAdvice({ markdown, citations }: Advice, passages: readonly RankedPassage[]): readonly Notice[] {
  const cited = new Set(citations.map(({ passageId }) => passageId))
  const known = passages.map(({ passage }) => passage).filter(({ id }) => cited.has(id))
  const old = noteOldAdvice(markdown, citations, new Map(known.map((passage) => [passage.id, passage])))
  return [...noteCommands(markdown, listShownItems(known), old.told), ...old.notices]
}
