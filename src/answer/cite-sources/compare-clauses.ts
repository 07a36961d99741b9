import { opposites, things } from './contrast-pairs.js'
import type { Clause, Mark } from './read-clauses.js'

export type Rarity = (term: string) => number

/** A clause of a passage, with what was spoken of shortly before. */
export interface ComparedClause {
  readonly clause: Clause
  /** Marks of the clauses before it, nearest first. */
  readonly carried: readonly Mark[]
  readonly carriedTerms: ReadonlySet<string>
}

/** A subject that was named shortly before weighs less than one in the clause itself. */
const carriedShare = 0.85
const mostCarried = 4

/** Clauses of one paragraph, item, row or line, in order, each with what it may speak of without naming it. */
export function carryMarks(run: readonly Clause[]): readonly ComparedClause[] {
  return run.map((clause, position) => {
    const before = run.slice(Math.max(0, position - mostCarried), position)
    const carried = before
      .flatMap(({ marks }) => marks)
      .reverse()
      .filter(({ kind }) => kind !== 'opposite')
    return { clause, carried, carriedTerms: new Set(carried.flatMap(({ terms }) => terms)) }
  })
}

interface CompareOptions {
  readonly rarity: Rarity
  /** Terms that are left out of the comparison. */
  readonly without: readonly string[]
}

/** The share of the clause's weight that the other clause has too. */
export function shareOfTerms(clause: Clause, other: ComparedClause, { rarity, without }: CompareOptions): number {
  let total = 0
  let shared = 0
  for (const term of clause.terms) {
    if (without.includes(term)) continue
    total += rarity(term)
    if (other.clause.terms.has(term)) shared += rarity(term)
    else if (other.carriedTerms.has(term)) shared += carriedShare * rarity(term)
  }
  return total === 0 ? 0 : shared / total
}

export interface Role {
  readonly isSame: boolean
  readonly share: number
}

/** Whether a clause of a passage is about the mark, or about one of its rivals that the statement does not name. */
export function findRole(mark: Mark, clause: Clause, other: ComparedClause): Role | undefined {
  const { marks } = other.clause
  if (has(marks, mark)) return { isSame: !isTurnedAround(mark, clause, marks), share: 1 }
  const isExchanged = (one: Mark) => isRival(mark, one) && !has(clause.marks, one)
  if (marks.some(isExchanged)) return { isSame: false, share: 1 }
  const spokenOf = other.carried.filter((one) => isSame(one, mark) || isExchanged(one))
  // "It" is what the sentence before began with.
  const subject = mark.kind === 'thing' ? spokenOf.at(-1) : (spokenOf.find((one) => isSame(one, mark)) ?? spokenOf[0])
  return subject === undefined ? undefined : { isSame: isSame(subject, mark), share: carriedShare }
}

/** Whether the clause denies a word of the other by its opposite. */
export function isOpposed({ text }: Mark, { marks }: Clause): boolean {
  const rivals = opposites.get(text)
  return marks.every((other) => other.text !== text) && marks.some((other) => other.kind === 'opposite' && rivals?.has(other.text) === true)
}

export function isName({ kind }: Mark): boolean {
  return kind !== 'thing' && kind !== 'opposite'
}

/** "With `-P`, every port is published": the second clause is about the flag of the first. */
export function toOwnMarks(claim: readonly Clause[], position: number): readonly Mark[] {
  const own = claim[position]?.marks ?? []
  const before = claim[position - 1]?.marks ?? []
  return [...own, ...before.filter((mark) => isName(mark) && !own.some(isName))]
}

/** Whether the mark and a rival stand in both clauses with their roles exchanged: the image from the container. */
function isTurnedAround(mark: Mark, clause: Clause, marks: readonly Mark[]): boolean {
  if (mark.kind !== 'thing') return false
  const rivals = clause.marks.filter((rival) => isRival(mark, rival) && has(marks, rival))
  const own = listRoles(clause.marks, mark)
  return rivals.some((rival) => {
    const others = listRoles(clause.marks, rival)
    const isExchanged =
      own.every((role) => listRoles(marks, rival).includes(role)) && others.every((role) => listRoles(marks, mark).includes(role))
    return isExchanged && own.every((role) => !others.includes(role) && !listRoles(marks, mark).includes(role))
  })
}

function listRoles(marks: readonly Mark[], mark: Mark): readonly string[] {
  return marks.filter((one) => isSame(one, mark)).map(({ role = '' }) => role)
}

function isSame(left: Mark, right: Mark): boolean {
  if (left.kind !== right.kind) return false
  // A path stands for those below it.
  return (
    left.text === right.text || (left.kind === 'path' && (left.text.startsWith(`${right.text}/`) || right.text.startsWith(`${left.text}/`)))
  )
}

function has(marks: readonly Mark[], mark: Mark): boolean {
  return marks.some((one) => isSame(one, mark))
}

function isRival(mark: Mark, other: Mark): boolean {
  if (mark.kind !== other.kind) return false
  return mark.kind === 'thing' ? things.get(mark.text)?.has(other.text) === true : !isSame(mark, other)
}
