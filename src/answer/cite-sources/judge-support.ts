import type { Support } from '../../core/types/answer.js'
import type { Passage } from '../../core/types/passage.js'
import { analyzeText } from '../../word-search/analyze-text.js'
import { type QuotableUnit, splitUnits } from '../quotable-units/split-units.js'
import { carryMarks } from './compare-clauses.js'
import { type Doubt, type Evidence, findDoubts } from './find-doubts.js'
import { type Clause, joinSentences, readClauses } from './read-clauses.js'
import { type Literal, LiteralSet, readLiterals } from './read-literals.js'
import { toCanonical } from './same-words.js'

export const supportedFrom = 0.6
export const weakFrom = 0.2
/** A flag, path, port or name that the passage lacks: however alike the rest is, it cannot be more than this. */
const lackingShare = 0.55
const lackingSoftShare = 0.85
/** What is left when a clause of the passage says the opposite, or says the same of something else. */
const doubtShare = 0.45
/** Words that stand all over a passage, but in no sentence together, make a statement no more than weak. */
const scatteredShare = 0.55
const doubtedScatteredShare = 0.5
const untoldShare = 0.85
const undeniedShare = 0.75
const mostUntold = 2
const headingShare = 0.7
/** Neighbouring sentences are quoted together only when each adds this much. */
const longerGain = 0.15
const mostUnits = 2

/** How well one passage supports a statement, and the slice of the passage that does it best (offsets into the passage's text). */
export interface PassageSupport {
  readonly score: number
  readonly start: number
  readonly end: number
  /** Share of the statement's words that stand there, whatever they say. */
  readonly overlap: number
  readonly doubts: readonly Doubt[]
  readonly lacking: readonly string[]
}

interface JudgedUnit extends QuotableUnit {
  readonly terms: ReadonlySet<string>
  /** Words by which things are told apart, as `Mark` has them. */
  readonly telling: ReadonlySet<string>
  readonly denies: boolean
}

/** A passage with what is compared, made once per answer. */
export interface JudgedPassage {
  readonly passage: Passage
  readonly units: readonly JudgedUnit[]
  readonly terms: ReadonlySet<string>
  readonly headingTerms: ReadonlySet<string>
  readonly headingTelling: ReadonlySet<string>
  readonly literals: LiteralSet
  readonly evidence: Evidence
}

/** A statement with what is compared. */
export interface Claim {
  /** Fewer than two make no claim that could be checked. */
  readonly terms: ReadonlySet<string>
  readonly literals: readonly Literal[]
  /** Code has none: it is compared by its words and tokens alone. */
  readonly clauses: readonly Clause[]
}

const judgedPassages = new WeakMap<Passage, JudgedPassage>()

/** Made once per passage object: it takes a millisecond or two. */
export function toJudgedPassage(passage: Passage): JudgedPassage {
  const known = judgedPassages.get(passage)
  if (known !== undefined) return known
  const judged = readPassage(passage)
  judgedPassages.set(passage, judged)
  return judged
}

function readPassage(passage: Passage): JudgedPassage {
  const units = splitUnits(passage.text)
  return {
    passage,
    units: units.flatMap(toJudgedUnits),
    terms: toTerms(`${passage.text}\n${passage.cleanText}`),
    headingTerms: toTerms(passage.headingPath.join('\n')),
    headingTelling: toTelling(readClauses(passage.headingPath.join('.\n'))),
    literals: new LiteralSet(`${passage.text}\n${passage.cleanText}\n${passage.headingPath.join('\n')}`),
    evidence: toEvidence(units),
  }
}

// A row of a table says something together with the head of the table, and with no other row.
function toJudgedUnits(unit: QuotableUnit): readonly JudgedUnit[] {
  const [head = '', , ...rows] = unit.text.split('\n')
  return (unit.kind === 'table' ? rows.map((row) => `${head}\n${row}`) : [unit.text]).map((text) => {
    const clauses = readClauses(text)
    return { ...unit, terms: toTerms(text), telling: toTelling(clauses), denies: clauses.some(({ denials }) => denials.length > 0) }
  })
}

function toTelling(clauses: readonly Clause[]): ReadonlySet<string> {
  return new Set(clauses.flatMap(({ marks }) => marks.filter(({ kind }) => kind !== 'command').map(({ text }) => text)))
}

// What is said of "it" may have been named one sentence before; lines of code and rows stand alone.
function toEvidence(units: readonly QuotableUnit[]): Evidence {
  const runs = new Map<string, Clause[]>()
  for (const { kind, text, block } of units) {
    const lines = kind === 'code' || kind === 'table' ? text.split('\n') : [text]
    for (const [number, line] of lines.entries()) {
      const key = `${block} ${number}`
      runs.set(key, [...(runs.get(key) ?? []), ...readClauses(line)])
    }
  }
  const all = [...runs.values()]
  return { clauses: all.flatMap(carryMarks), sentences: all.flatMap((run) => carryMarks(joinSentences(run))) }
}

export function toClaim(statement: string): Claim {
  const isCode = /^\s*(?:`{3}|~{3})/.test(statement)
  return { terms: toTerms(statement), literals: readLiterals(statement), clauses: isCode ? [] : readClauses(statement) }
}

export function toSupport(score: number): Support {
  return score >= supportedFrom ? 'supported' : score >= weakFrom ? 'weak' : 'unsupported'
}

/**
 * The share of the claim's terms, weighted by `rarity`, that stand together in one or two neighbouring sentences of the passage; less
 * for every literal token (flag, path, port, number) that the passage lacks, and for every clause that the passage seems to contradict.
 */
export function judgeSupport(claim: Claim, judged: JudgedPassage, rarity: (term: string) => number): PassageSupport {
  const total = sumRarity(claim.terms, rarity)
  const whole = { start: 0, end: judged.passage.text.length }
  if (total === 0) return { score: 0, overlap: 0, doubts: [], lacking: [], ...whole }
  const share = (terms: readonly ReadonlySet<string>[]) => {
    let found = 0
    for (const term of claim.terms) {
      if (terms.some((set) => set.has(term))) found += rarity(term)
      else if (judged.headingTerms.has(term)) found += headingShare * rarity(term)
    }
    return found / total
  }
  const { score: overlap, ...place } = findBestRun(judged, share) ?? { score: share([judged.terms]), ...whole }
  const lacking = claim.literals.filter((literal) => !judged.literals.has(literal))
  const absent = new Set(lacking.map(({ text }) => text))
  const doubts = overlap < weakFrom ? [] : findDoubts(claim.clauses, judged.evidence, rarity).filter(({ about }) => !absent.has(about))
  const window = judged.units.filter((unit) => unit.start >= place.start && unit.end <= place.end)
  const score = Math.max(
    overlap * weigh(lacking, doubts) * weighWindow(claim, window, judged),
    (doubts.length > 0 ? doubtedScatteredShare : scatteredShare) * share([judged.terms]),
  )
  return { score, overlap, doubts, lacking: [...absent], ...place }
}

function weigh(lacking: readonly Literal[], doubts: readonly Doubt[]): number {
  const hard = lacking.some(({ isSoft }) => isSoft !== true) ? lackingShare : 1
  const soft = lacking.some(({ isSoft }) => isSoft === true) ? lackingSoftShare : 1
  const count = lacking.some(({ kind, isSoft }) => kind === 'number' && isSoft === true) ? lackingSoftShare : 1
  return Math.min(hard * soft * count, doubts.length === 0 ? 1 : doubtShare)
}

// A denial, or a word by which things are told apart, that does not stand in the very sentences may have been put in.
function weighWindow({ clauses }: Claim, window: readonly JudgedUnit[], { headingTelling }: JudgedPassage): number {
  const told = [headingTelling, ...window.map(({ telling }) => telling)]
  const isTold = (text: string) => told.some((words) => words.has(text) || [...words].some((word) => word.startsWith(`${text}/`)))
  const untold = [...toTelling(clauses)].filter((text) => !isTold(text)).length
  const denied = clauses.some(({ denials }) => denials.length > 0) && window.every(({ denies }) => !denies)
  return untoldShare ** Math.min(untold, mostUntold) * (denied ? undeniedShare : 1)
}

interface Run {
  readonly score: number
  readonly start: number
  readonly end: number
}

function findBestRun(judged: JudgedPassage, share: (terms: readonly ReadonlySet<string>[]) => number): Run | undefined {
  let best: Run | undefined
  for (let length = 1; length <= mostUnits; length++) {
    const runs = judged.units.slice(length - 1).map((last, position) => {
      const units = judged.units.slice(position, position + length)
      return { score: share(units.map(({ terms }) => terms)), start: units[0]?.start ?? last.start, end: last.end }
    })
    const longer = pickBest(runs)
    if (longer !== undefined && (best === undefined || longer.score > best.score + longerGain)) best = longer
  }
  return best
}

function pickBest(runs: readonly Run[]): Run | undefined {
  let best: Run | undefined
  for (const run of runs) if (best === undefined || run.score > best.score) best = run
  return best
}

function toTerms(text: string): ReadonlySet<string> {
  return new Set(analyzeText(text).map(toCanonical))
}

function sumRarity(terms: ReadonlySet<string>, rarity: (term: string) => number): number {
  let total = 0
  for (const term of terms) total += rarity(term)
  return total
}
