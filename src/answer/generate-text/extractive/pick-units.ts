import { analyzeText } from '../../../word-search/analyze-text.js'
import { mentions } from './fit-kind.js'
import type { QuestionKind } from './question-kind.js'
import type { ScoredUnit } from './score-units.js'

export interface PickedUnit extends ScoredUnit {
  /** One side of a comparison that no single sentence makes: printed as an item of a list of two. */
  readonly isSide: boolean
}

/** An answer is read, not searched: about 150 words, code not counted. */
const mostWords = 150
const mostUnits = 10
const mostCodeUnits = 2
const mostCodeLines = 20
/** A unit this much weaker than the best one only dilutes the answer; one of the passage that answers best may be weaker. */
const leastShare = { same: 0.2, other: 0.4 } as const
const repeatsFrom = 0.6
const mostPassages = 3
/** A table is looked over, not read through: its words count half. */
const tableShare = 0.5
/** Words of the opening paragraph that come along with its first sentence. */
const openingWords = 70

/**
 * The units that together answer, in reading order: the two sides of a comparison, then the section with the best unit, inside a section as
 * printed. The best passage's opening is among them. A sentence that announces what follows ("run this:") brings it along, a command
 * brings the sentence before it, a sentence that leans on the one before brings that, nothing is said twice.
 */
export function pickUnits(
  scored: readonly ScoredUnit[],
  { kind, everyPassage }: { readonly kind: QuestionKind; readonly everyPassage: boolean },
): readonly PickedUnit[] {
  const byScore = [...scored].sort((left, right) => right.score - left.score)
  const best = byScore.find(({ unit }) => countLines(unit.text) <= mostCodeLines) ?? byScore[0]
  if (best === undefined) return []
  const isWorth = (unit: ScoredUnit) => unit.score >= best.score * (unit.passage === best.passage ? leastShare.same : leastShare.other)
  const worth = byScore.filter(isWorth)
  const candidates = everyPassage ? byScore : worth
  const firstOfEach = candidates.filter((unit) => candidates.find(({ passage }) => passage === unit.passage) === unit)
  const sides = findSides(byScore, kind)
  const basket = new Basket(scored, everyPassage ? Number.POSITIVE_INFINITY : mostPassages)
  const early = everyPassage ? firstOfEach : [...openingOf(best, scored), ...firstOfEach]
  for (const unit of [...sides, best, ...early, ...worth]) basket.add(unit)
  const sections = [...new Set(byScore.filter((unit) => basket.has(unit)).map((unit) => unit.section))]
  const rest = basket.units.filter((unit) => !sides.includes(unit))
  rest.sort((left, right) => sections.indexOf(left.section) - sections.indexOf(right.section) || left.offset - right.offset)
  return [...sides.map((unit) => ({ ...unit, isSide: true })), ...rest.map((unit) => ({ ...unit, isSide: false }))]
}

/** What has been picked, within the limits of an answer. */
class Basket {
  readonly #scored: readonly ScoredUnit[]
  readonly #mostPassages: number
  readonly #picked = new Set<ScoredUnit>()

  constructor(scored: readonly ScoredUnit[], mostPassages: number) {
    this.#scored = scored
    this.#mostPassages = mostPassages
  }

  get units(): ScoredUnit[] {
    return [...this.#picked]
  }

  has(unit: ScoredUnit): boolean {
    return this.#picked.has(unit)
  }

  /** Adds the unit with what it needs to be read, when that fits and says something new. */
  add(unit: ScoredUnit): void {
    if (this.has(unit) || this.#picked.size >= mostUnits || this.#repeats(unit)) return
    const passages = new Set(this.units.map((other) => other.passage))
    if (!passages.has(unit.passage) && passages.size >= this.#mostPassages) return
    const group = withCompanions(unit, this.#scored).filter((member) => !this.has(member))
    if (this.#fits(group)) for (const member of group) this.#picked.add(member)
  }

  #fits(group: readonly ScoredUnit[]): boolean {
    const all = [...this.#picked, ...group]
    const code = all.filter(({ unit }) => unit.kind === 'code')
    const lines = code.reduce((total, { unit }) => total + countLines(unit.text), 0)
    const words = all.reduce((total, { unit }) => total + countReading(unit), 0)
    // The first pick stands even when it is long: an answer of nothing is worse.
    return this.#picked.size === 0 || (words <= mostWords && code.length <= mostCodeUnits && lines <= mostCodeLines)
  }

  #repeats({ unit, terms, passage }: ScoredUnit): boolean {
    return this.units.some((other) => {
      // Items of one list are alike by nature: "kill it with …", "stop it with …".
      if (unit.kind === 'item' && other.unit.kind === 'item' && passage === other.passage) return false
      const shared = [...terms].filter((term) => other.terms.has(term)).length
      return terms.size > 0 && shared / Math.max(terms.size, other.terms.size) > repeatsFrom
    })
  }
}

// "How is A different from B" needs a sentence on each, where no good one is on both: left side first, as asked.
function findSides(byScore: readonly ScoredUnit[], kind: QuestionKind): readonly ScoredUnit[] {
  const best = byScore[0]
  if (kind.kind !== 'comparison' || best === undefined) return []
  const isGood = ({ score }: ScoredUnit) => score >= best.score * leastShare.other
  const onBoth = ({ terms }: ScoredUnit) => mentions(terms, kind.left) === 1 && mentions(terms, kind.right) === 1
  if (byScore.some((unit) => isGood(unit) && onBoth(unit))) return []
  const left = findSide(byScore, kind.left, kind.right)
  const right = findSide(byScore, kind.right, kind.left)
  return left === undefined || right === undefined ? [] : [left, right]
}

// All of one side's words, and none that is the other's alone.
function findSide(byScore: readonly ScoredUnit[], wanted: string, other: string): ScoredUnit | undefined {
  const own = new Set(analyzeText(wanted))
  const foreign = analyzeText(other).filter((term) => !own.has(term))
  const isOwn = [...own].some((term) => !analyzeText(other).includes(term))
  return byScore.find(({ unit, terms }) => {
    const canStandAlone = (unit.kind === 'sentence' || unit.kind === 'item') && !/:\s*$/.test(unit.text) && !leansBack.test(unit.text)
    return isOwn && canStandAlone && mentions(terms, wanted) === 1 && !foreign.some((term) => terms.has(term))
  })
}

// The first sentence of the passage, and its paragraph as far as it is short.
function openingOf(best: ScoredUnit, scored: readonly ScoredUnit[]): readonly ScoredUnit[] {
  const passage = scored.filter((unit) => unit.passage === best.passage)
  const first = passage.find(({ unit }) => unit.kind === 'sentence')
  if (first === undefined) return []
  let words = 0
  return passage.filter(({ unit }) => {
    if (unit.kind !== 'sentence' || unit.block !== first.unit.block) return false
    words += countWords(unit.text)
    return words <= openingWords
  })
}

function withCompanions(unit: ScoredUnit, scored: readonly ScoredUnit[]): readonly ScoredUnit[] {
  const after = neighbourOf(unit, 1, scored)
  const announces = /:\s*$/.test(unit.unit.text) && after !== undefined
  return [...leadOf(unit, scored), unit, ...(announces ? announced(after, scored) : [])]
}

// The sentences without which this unit cannot be understood, in order.
function leadOf(unit: ScoredUnit, scored: readonly ScoredUnit[]): readonly ScoredUnit[] {
  const before = neighbourOf(unit, -1, scored)
  if (before?.unit.kind !== 'sentence') return []
  const isPrinted = unit.unit.kind === 'code' || unit.unit.kind === 'table'
  const leans = leansBack.test(unit.unit.text) && before.unit.block === unit.unit.block
  return isPrinted || leans ? [...leadOf(before, scored), before] : []
}

function neighbourOf({ passage, position }: ScoredUnit, step: number, scored: readonly ScoredUnit[]): ScoredUnit | undefined {
  return scored.find((other) => other.passage === passage && other.position === position + step)
}

const leansBack = /^(?:it|its|this|that|these|those|they|their|both|and|but|so|then|hence|thus|however|also|otherwise|instead|therefore)\b/i

// What a colon announces is one block, or the whole list.
function announced(first: ScoredUnit, scored: readonly ScoredUnit[]): readonly ScoredUnit[] {
  if (first.unit.kind !== 'item') return [first]
  const following = scored.filter((other) => other.passage === first.passage && other.position >= first.position)
  const end = following.findIndex((other) => other.unit.kind !== 'item')
  return end < 0 ? following : following.slice(0, end)
}

function countReading({ kind, text }: ScoredUnit['unit']): number {
  return kind === 'code' ? 0 : countWords(text) * (kind === 'table' ? tableShare : 1)
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

function countLines(text: string): number {
  return text.split('\n').length
}
