import { hasOwnTopic } from './own-topic.js'

/** Introduces a thing: a pronoun behind it means that one. "The" does not, because it may itself point back. */
const introduced = /\b(?:an?|my|our|your|some|two|three|several|each|every)\s+[\p{L}\p{N}`-]/iu
const named = /\b(?:the|this|these|those|all|one)\s+\p{L}/iu
const clauseEnd =
  /[,;:.?!(—–]|\b(?:when|if|because|while|after|before|so|and|but|until|unless|although|though|that|which|who|whether|where|once|since|or|then|than|how|why)\s/giu

/** Whether words that stand before a pronoun name what it may mean: something new, or anything in a clause that is over. */
export function hasAntecedent(before: string): boolean {
  if (introduced.test(before)) return true
  const lastEnd = [...before.matchAll(clauseEnd)].filter(({ index }) => index > 0).at(-1)?.index
  if (lastEnd === undefined) return false
  const over = before.slice(0, lastEnd)
  return hasOwnTopic(over) || named.test(over)
}
