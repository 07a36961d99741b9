import { analyzeText } from '../../../word-search/analyze-text.js'
import type { QuestionKind } from './question-kind.js'
import type { ScoredUnit } from './score-units.js'

/** An answer is read, not searched: about 150 words, code not counted. */
const mostWords = 150
const mostUnits = 6
const mostCodeUnits = 2
const mostCodeLines = 20
/** A unit this much weaker than the best one only dilutes the answer. */
const leastShare = 0.55
const repeatsFrom = 0.6

/**
 * The units that together answer, in reading order: the passage with the best unit first, inside a passage as printed. A sentence that announces what
 * follows ("run this:") brings it along, a command brings the sentence before it, nothing is said twice.
 */
export function pickUnits(scored: readonly ScoredUnit[], kind: QuestionKind): readonly ScoredUnit[] {
  const byScore = [...scored].sort((left, right) => right.score - left.score)
  const best = byScore[0]
  if (best === undefined) return []
  const picked = new Set<ScoredUnit>()
  for (const unit of [...bestOfEachSide(byScore, kind), ...byScore]) {
    if (picked.size >= mostUnits || unit.score < best.score * leastShare) break
    const group = withCompanions(unit, scored).filter((member) => !picked.has(member))
    if (fits(group, picked) && !repeats(unit, picked)) for (const member of group) picked.add(member)
  }
  const places = [...new Set(byScore.filter((unit) => picked.has(unit)).map((unit) => unit.passage))]
  return [...picked].sort((left, right) => places.indexOf(left.passage) - places.indexOf(right.passage) || left.position - right.position)
}

// "How is A different from B" needs a sentence on each, however much better those on A are.
function bestOfEachSide(byScore: readonly ScoredUnit[], kind: QuestionKind): readonly ScoredUnit[] {
  if (kind.kind !== 'comparison') return []
  const [left, right] = [kind.left, kind.right].map((phrase) => new Set(analyzeText(phrase)))
  const only = (wanted: ReadonlySet<string> = new Set(), other: ReadonlySet<string> = new Set()) =>
    byScore.find(({ terms }) => [...wanted].some((term) => terms.has(term) && !other.has(term)))
  return [byScore[0], only(left, right), only(right, left)].filter((unit) => unit !== undefined)
}

function withCompanions(unit: ScoredUnit, scored: readonly ScoredUnit[]): readonly ScoredUnit[] {
  const neighbour = (step: number) => scored.find((other) => other.passage === unit.passage && other.position === unit.position + step)
  const before = neighbour(-1)
  const after = neighbour(1)
  const needsLead = (unit.unit.kind === 'code' || unit.unit.kind === 'table') && before?.unit.kind === 'sentence'
  const announces = /:\s*$/.test(unit.unit.text) && after !== undefined
  return [...(needsLead && before !== undefined ? [before] : []), unit, ...(announces ? announced(after, scored) : [])]
}

// What a colon announces is one block, or the whole list.
function announced(first: ScoredUnit, scored: readonly ScoredUnit[]): readonly ScoredUnit[] {
  if (first.unit.kind !== 'item') return [first]
  const following = scored.filter((other) => other.passage === first.passage && other.position >= first.position)
  const end = following.findIndex((other) => other.unit.kind !== 'item')
  return end < 0 ? following : following.slice(0, end)
}

function fits(group: readonly ScoredUnit[], picked: ReadonlySet<ScoredUnit>): boolean {
  const all = [...picked, ...group]
  const code = all.filter(({ unit }) => unit.kind === 'code')
  const lines = code.reduce((total, { unit }) => total + unit.text.split('\n').length, 0)
  const words = all.filter(({ unit }) => unit.kind !== 'code').reduce((total, { unit }) => total + countWords(unit.text), 0)
  // The first pick stands even when it is long: an answer of nothing is worse.
  return picked.size === 0 || (words <= mostWords && code.length <= mostCodeUnits && lines <= mostCodeLines)
}

function repeats(unit: ScoredUnit, picked: ReadonlySet<ScoredUnit>): boolean {
  return [...picked].some(({ terms }) => {
    const shared = [...unit.terms].filter((term) => terms.has(term)).length
    return (
      unit.terms.size > 0 &&
      shared / Math.min(unit.terms.size, terms.size || 1) > repeatsFrom &&
      shared / Math.max(unit.terms.size, terms.size) > repeatsFrom
    )
  })
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}
