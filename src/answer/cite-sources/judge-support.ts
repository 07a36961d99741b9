import type { Support } from '../../core/types/answer.js'
import type { Passage } from '../../core/types/passage.js'
import { analyzeText, isCodeTerm } from '../../word-search/analyze-text.js'
import { type QuotableUnit, splitUnits } from '../quotable-units/split-units.js'

export const supportedFrom = 0.6
export const weakFrom = 0.35
/** A flag, path, port or name that the passage lacks: however alike the rest is, it cannot be more than this. */
const lackingLiteral = 0.5
const headingShare = 0.7
/** Two neighbouring sentences are quoted together only when the second adds this much. */
const pairGain = 0.15

/** How well one passage supports a statement, and the slice of the passage that does it best (offsets into the passage's text). */
export interface PassageSupport {
  readonly score: number
  readonly start: number
  readonly end: number
}

/** A passage with what is compared, made once per answer. */
export interface JudgedPassage {
  readonly passage: Passage
  readonly units: readonly (QuotableUnit & { readonly terms: ReadonlySet<string> })[]
  readonly terms: ReadonlySet<string>
  readonly headingTerms: ReadonlySet<string>
}

export function toJudgedPassage(passage: Passage): JudgedPassage {
  return {
    passage,
    units: splitUnits(passage.text).map((unit) => ({ ...unit, terms: new Set(analyzeText(unit.text)) })),
    terms: new Set(analyzeText(`${passage.text}\n${passage.cleanText}`)),
    headingTerms: new Set(analyzeText(passage.headingPath.join('\n'))),
  }
}

/** Terms by which a statement is judged; fewer than two make no claim that could be checked. */
export function toClaim(statement: string): ReadonlySet<string> {
  return new Set(analyzeText(statement))
}

export function toSupport(score: number): Support {
  return score >= supportedFrom ? 'supported' : score >= weakFrom ? 'weak' : 'unsupported'
}

/**
 * The share of the claim's terms, weighted by `rarity`, that stand together in one or two neighbouring sentences of the passage;
 * literal tokens (flags, paths, ports, names, numbers) must all stand in the passage.
 */
export function judgeSupport(claim: ReadonlySet<string>, judged: JudgedPassage, rarity: (term: string) => number): PassageSupport {
  const total = sumRarity(claim, rarity)
  const whole = { start: 0, end: judged.passage.text.length }
  if (total === 0) return { score: 0, ...whole }
  const share = (terms: readonly ReadonlySet<string>[]) => {
    let found = 0
    for (const term of claim) {
      if (terms.some((set) => set.has(term))) found += rarity(term)
      else if (judged.headingTerms.has(term)) found += headingShare * rarity(term)
    }
    return found / total
  }
  const best = findBestRun(judged, share) ?? { score: share([judged.terms]), ...whole }
  return { ...best, score: lacksLiteral(claim, judged) ? Math.min(best.score, lackingLiteral) : best.score }
}

function findBestRun(judged: JudgedPassage, share: (terms: readonly ReadonlySet<string>[]) => number): PassageSupport | undefined {
  const alone = judged.units.map(({ terms, start, end }) => ({ score: share([terms]), start, end }))
  const pairs = judged.units.slice(1).map((next, position) => {
    const first = judged.units[position] ?? next
    return { score: share([first.terms, next.terms]), start: first.start, end: next.end }
  })
  const best = pickBest(alone)
  const bestPair = pickBest(pairs)
  return bestPair !== undefined && bestPair.score > (best?.score ?? 0) + pairGain ? bestPair : best
}

function pickBest(runs: readonly PassageSupport[]): PassageSupport | undefined {
  let best: PassageSupport | undefined
  for (const run of runs) if (best === undefined || run.score > best.score) best = run
  return best
}

function lacksLiteral(claim: ReadonlySet<string>, { terms }: JudgedPassage): boolean {
  return [...claim].some((term) => (isCodeTerm(term) || /\p{N}/u.test(term)) && !terms.has(term))
}

function sumRarity(claim: ReadonlySet<string>, rarity: (term: string) => number): number {
  let total = 0
  for (const term of claim) total += rarity(term)
  return total
}
