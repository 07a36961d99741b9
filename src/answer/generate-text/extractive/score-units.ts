import type { RankedPassage } from '../../../core/types/retrieval.js'
import { analyzeText } from '../../../word-search/analyze-text.js'
import { askingTerms } from '../../../word-search/asking-terms.js'
import { splitRows } from '../../quotable-units/split-rows.js'
import { type QuotableUnit, splitUnits } from '../../quotable-units/split-units.js'
import { fitKind, holdsFlag, subjectOfAll } from './fit-kind.js'
import type { QuestionKind } from './question-kind.js'
import { type TermWeights, type WeighedPassage, weighPassages } from './weigh-passages.js'

export interface ScoredUnit {
  /** Position of the passage in the list, 0-based. */
  readonly passage: number
  /** Names the section that the passage is a part of. */
  readonly section: string
  /** Where the unit begins in its file, in UTF-16 code units. */
  readonly offset: number
  /** Position of the unit in its passage, 0-based. */
  readonly position: number
  readonly unit: QuotableUnit
  readonly terms: ReadonlySet<string>
  readonly score: number
}

/** A heading's word counts half: the sentences under it need not repeat it. */
const headingShare = 0.5
const strangerShare = 0.3
/** What stands first under a heading is the section's answer to its own title. */
const openingBonus = 0.5
/** A heading that asks just what the reader asks: its opening is very likely the answer. */
const headingBonus = 0.6
const continuationShare = 0.4
/** Words met in a printed command or a table say less than words met in a sentence. */
const codeShare = 0.6
/** Asked about a flag, what does not hold it can only lead to it. */
const lackingFlagShare = 0.6
/** A book's own question answers none. */
const askingShare = 0.3
const askingWeight = 0.2
/** A word of the question that no passage has counts as if it stood in half a unit: what is left of the question then tells little. */
const unitsOfMissing = 0.5

/** Every quotable unit of the passages with how well it answers, in passage order. Rarity is taken from the passages themselves. */
export function scoreUnits(question: string, kind: QuestionKind, passages: readonly RankedPassage[]): readonly ScoredUnit[] {
  const asked = new Set(analyzeText(question))
  const units = passages.flatMap(({ passage }, number) =>
    toUnits(passage.text, kind).map((unit, position) => ({
      passage: number,
      section: `${passage.bookId} ${passage.sectionId}`,
      offset: passage.startOffset + unit.start,
      position,
      unit,
      terms: new Set(analyzeText(unit.text)),
    })),
  )
  const weights = weighTerms(asked, units)
  const weighed = weighPassages(passages, weights, kind)
  return units.map((unit) => ({ ...unit, score: scoreUnit(unit, { kind, weights, passage: weighed[unit.passage] }) }))
}

type Unscored = Omit<ScoredUnit, 'score'>

// Asked about a flag or a message, its own row is the answer, not the table.
function toUnits(text: string, kind: QuestionKind): readonly QuotableUnit[] {
  const units = splitUnits(text).filter(saysSomething)
  if (kind.kind !== 'flag' && kind.kind !== 'trouble') return units
  return units.flatMap((unit) => (unit.kind === 'table' ? toRows(unit, kind) : [unit]))
}

// A table with the flag in its head compares flags: it is the answer as a whole.
function toRows(table: QuotableUnit, kind: QuestionKind): readonly QuotableUnit[] {
  const rows = splitRows(table)
  const found = kind.kind === 'flag' ? rows.filter(({ text }) => kind.flags.some((flag) => holdsFlag(text, flag))) : rows
  return found.length === 0 ? [table] : found
}

// A line of one to four words without an end is a heading in bold, or a slide's remark.
function saysSomething({ kind, text }: QuotableUnit): boolean {
  return kind !== 'sentence' || /[.!?:;)]["'”’*_`]*$/.test(text) || text.split(/\s+/).length > 4
}

interface Scale {
  readonly kind: QuestionKind
  readonly weights: TermWeights
  readonly passage: WeighedPassage | undefined
}

function scoreUnit(unit: Unscored, { kind, weights, passage }: Scale): number {
  if (passage === undefined) return 0
  let own = 0
  let inherited = 0
  for (const [term, weight] of weights) {
    if (unit.terms.has(term)) own += weight
    else if (passage.headingTerms.has(term)) inherited += weight * headingShare
  }
  // The heading speaks for a sentence that takes the matter up, less for one that says nothing of it.
  const found = own + inherited * (own > 0 ? 1 : strangerShare)
  const isPrinted = unit.unit.kind === 'code' || unit.unit.kind === 'table'
  const fit = fitKind(unit, kind)
  const share = (kind.kind === 'flag' && fit === 0 ? lackingFlagShare : 1) * (/\?["'”’*_]*$/.test(unit.unit.text) ? askingShare : 1)
  return passage.weight * share * (found * (isPrinted ? codeShare : 1) + scoreOpening(unit, passage) + fit)
}

function scoreOpening({ unit, position }: Unscored, { titleFit, opensSection }: WeighedPassage): number {
  if (unit.kind === 'code' || unit.kind === 'table') return 0
  return ((openingBonus + headingBonus * titleFit) * (opensSection ? 1 : continuationShare)) / (1 + position)
}

function weighTerms(asked: ReadonlySet<string>, units: readonly Unscored[]): TermWeights {
  const rarities = [...asked].map((term) => {
    const holding = units.filter((unit) => unit.terms.has(term)).length
    const rarity = Math.log(1 + units.length / Math.max(holding, unitsOfMissing))
    return [term, askingTerms.has(term) || term === subjectOfAll ? askingWeight * rarity : rarity] as const
  })
  const total = rarities.reduce((sum, [, rarity]) => sum + rarity, 0) || 1
  return new Map(rarities.map(([term, rarity]) => [term, rarity / total]))
}
