import type { RankedPassage } from '../../../core/types/retrieval.js'
import { analyzeText, isCodeTerm } from '../../../word-search/analyze-text.js'
import { askingTerms } from '../../../word-search/asking-terms.js'
import { type QuotableUnit, splitUnits } from '../../quotable-units/split-units.js'
import type { QuestionKind } from './question-kind.js'

export interface ScoredUnit {
  /** Position of the passage in the list, 0-based. */
  readonly passage: number
  /** Position of the unit in its passage, 0-based. */
  readonly position: number
  readonly unit: QuotableUnit
  readonly terms: ReadonlySet<string>
  readonly score: number
}

/** A heading's word counts half: the sentences under it need not repeat it. */
const headingShare = 0.5
const rankSlope = 0.1
/** What stands first under a heading is the section's answer to its own title. */
const openingBonus = 0.15
/** A heading that asks just what the reader asks: its opening is very likely the answer. */
const headingBonus = 0.6
const kindBonus = 0.45
const askingWeight = 0.2
/** Every book here is about it: a sentence on images need not say that they are Docker's. */
const subjectOfAll = 'docker'

/** Every quotable unit of the passages with how well it answers, in passage order. Rarity is taken from the passages themselves. */
export function scoreUnits(question: string, kind: QuestionKind, passages: readonly RankedPassage[]): readonly ScoredUnit[] {
  const asked = new Set(analyzeText(question))
  const units = passages.flatMap(({ passage }, number) =>
    splitUnits(passage.text).map((unit, position) => ({ passage: number, position, unit, terms: new Set(analyzeText(unit.text)) })),
  )
  const weights = weighTerms(asked, units)
  return units.map((unit) => ({ ...unit, score: scoreUnit(unit, { kind, weights, passages }) }))
}

type Unscored = Omit<ScoredUnit, 'score'>

interface Scale {
  readonly kind: QuestionKind
  readonly weights: ReadonlyMap<string, number>
  readonly passages: readonly RankedPassage[]
}

function scoreUnit(unit: Unscored, { kind, weights, passages }: Scale): number {
  const ranked = passages[unit.passage]
  const path = ranked?.passage.headingPath ?? []
  const heading = new Set(analyzeText(path.join('\n')))
  let found = 0
  for (const [term, weight] of weights) {
    if (unit.terms.has(term)) found += weight
    else if (heading.has(term)) found += weight * headingShare
  }
  const opening = (openingBonus + headingBonus * fitHeading(path.at(-1) ?? '', weights)) / (1 + unit.position)
  return (found + opening + kindBonus * fitKind(unit, kind)) / (1 + rankSlope * unit.passage)
}

// 0 to 1: how nearly the section's own title has the question's words, no more and no fewer.
function fitHeading(title: string, weights: Scale['weights']): number {
  const terms = new Set(analyzeText(title).filter((term) => !askingTerms.has(term)))
  const shared = [...terms].filter((term) => weights.has(term))
  const covered = shared.reduce((sum, term) => sum + (weights.get(term) ?? 0), 0)
  return terms.size === 0 ? 0 : (covered * shared.length) / terms.size
}

// 0 to 1: whether the unit has the form that this kind of question wants; a definition that was asked for counts double.
function fitKind({ unit, terms }: Unscored, kind: QuestionKind): number {
  switch (kind.kind) {
    case 'definition':
      return isDefinition(unit.text, kind.subject) ? 2 : 0
    case 'comparison':
      return ((mentions(terms, kind.left) + mentions(terms, kind.right)) / 2) * (contrast.test(unit.text) ? 1 : 0.5)
    case 'how-to':
      return unit.kind === 'code' ? 0.8 : /:\s*$/.test(unit.text) ? 0.4 : 0
    case 'trouble':
      return /\b(?:because|means|cause[sd]?|fix|cure|remedy|solve[sd]?|instead|run|start|check)\b/i.test(unit.text) ? 0.5 : 0
    case 'other':
      return 0
  }
}

const contrast = /\b(?:whereas|while|but|unlike|against|instead|rather than|differs?|difference|on the other hand|in contrast)\b/i

// "An image is …" for a word; for a flag or an instruction any sentence that begins with it. In a Docker book an image is a Docker image.
function isDefinition(text: string, subject: string): boolean {
  const plain = text.replace(/<[^<>]*>|[*_`]/g, '').replace(/^\s*(?:[-+]\s|\d+[.)])\s*/, '')
  const words = subject
    .replace(/[*_`?]/g, '')
    .trim()
    .split(/\s+/)
  const pattern = words
    .map((word) => (/^docker$/i.test(word) && words.length > 1 ? '(?:docker\\s+)?' : `${escapePattern(word)}\\s*`))
    .join('')
  const isLiteral = words.every(isCodeTerm)
  // "Docker Compose is" says what Compose is, not what Docker is.
  const near = words.length === 1 && /^docker$/i.test(words[0] ?? '') ? '\\b(?:is|means)\\b' : undefined
  const rest = isLiteral ? '' : (near ?? '(?<=\\w)s?\\b[^.]{0,40}?\\b(?:is|are|means|refers|describes|stands)\\b')
  return new RegExp(`^(?:an?\\s+|the\\s+)?${pattern}${rest}`, isLiteral ? '' : 'i').test(plain)
}

/** 1 when all words of the phrase are among the terms, else their share. */
function mentions(terms: ReadonlySet<string>, phrase: string): number {
  const wanted = [...new Set(analyzeText(phrase))].filter((term) => !isCodeTerm(term))
  return wanted.length === 0 ? 0 : wanted.filter((term) => terms.has(term)).length / wanted.length
}

function weighTerms(asked: ReadonlySet<string>, units: readonly Unscored[]): ReadonlyMap<string, number> {
  const rarities = [...asked].map((term) => {
    const holding = units.filter((unit) => unit.terms.has(term)).length
    const rarity = holding === 0 ? 0 : Math.log(1 + units.length / holding)
    return [term, askingTerms.has(term) || term === subjectOfAll ? askingWeight * rarity : rarity] as const
  })
  const total = rarities.reduce((sum, [, rarity]) => sum + rarity, 0) || 1
  return new Map(rarities.map(([term, rarity]) => [term, rarity / total]))
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}
