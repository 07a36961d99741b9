import { type ComparedClause, findRole, isName, isOpposed, type Rarity, shareOfTerms, toOwnMarks } from './compare-clauses.js'
import { type Clause, joinSentences, type Mark } from './read-clauses.js'

/** Why a passage with the same words may say something else than a statement. */
export interface Doubt {
  readonly kind: 'negation' | 'exchange'
  /** The term or token that it turns on. */
  readonly about: string
}

/** What doubts are looked for in: a passage's clauses, and its sentences as one clause each. */
export interface Evidence {
  readonly clauses: readonly ComparedClause[]
  readonly sentences: readonly ComparedClause[]
}

interface Scale {
  readonly rarity: Rarity
  /** Below this share of a clause's weight, two clauses are about different things. */
  readonly leastAlike: number
  /** A clause that says something else counts only when it is so much nearer than any that says the same. */
  readonly margin: number
}

/** Things are spoken of in passing, too. */
const thingMargin = 0.15
/** Of the words that are no names: two clauses about one flag may say quite different things of it. */
const leastAlikeInWords = 0.4

/**
 * Compares a statement with a passage, clause by clause and as a whole: does what is most like it deny it, or say it of something else
 * (`--push` for `--load`, the daemon for the client, 10 for 100)? At most one doubt for each clause and mark.
 */
export function findDoubts(claim: readonly Clause[], { clauses, sentences }: Evidence, rarity: Rarity): readonly Doubt[] {
  const fine = { rarity, leastAlike: 0.5, margin: 0.08 }
  const coarse = { rarity, leastAlike: 0.6, margin: 0.08 }
  const byClause = claim.flatMap((clause, position) => [
    ...findNegation(clause, clauses, fine),
    ...toOwnMarks(claim, position).flatMap((mark) => findExchange(mark, { clause, others: clauses, scale: fine })),
  ])
  const bySentence = joinSentences(claim).flatMap((clause) => [
    ...findNegation(clause, sentences, coarse),
    ...clause.marks.flatMap((mark) => findExchange(mark, { clause, others: sentences, scale: coarse })),
  ])
  return [...byClause, ...bySentence]
}

function findNegation(clause: Clause, others: readonly ComparedClause[], { rarity, leastAlike, margin }: Scale): readonly Doubt[] {
  const names = clause.marks.filter(isName).flatMap(({ terms }) => terms)
  let agreeing = 0
  let denying = 0
  let about = ''
  for (const other of others) {
    const turned = findTurned(clause, other.clause)
    const alike = shareOfTerms(clause, other, { rarity, without: turned?.terms ?? [] })
    if (turned === undefined) agreeing = Math.max(agreeing, alike)
    else if (alike > denying && (turned.terms.length > 0 || shareOfTerms(clause, other, { rarity, without: names }) >= leastAlikeInWords)) {
      denying = alike
      about = turned.text
    }
  }
  return denying >= leastAlike && denying > agreeing + margin ? [{ kind: 'negation', about }] : []
}

/** What turns the one clause into the contrary of the other; two turns cancel out: "not visible" is "invisible". */
function findTurned(clause: Clause, other: Clause): Pick<Mark, 'text' | 'terms'> | undefined {
  const denials = countDenials(clause, other) + countDenials(other, clause)
  const opposed = clause.marks.filter((mark) => mark.kind === 'opposite' && isOpposed(mark, other))
  if ((denials + opposed.length) % 2 === 0) return undefined
  return opposed[0] ?? { text: 'not', terms: [] }
}

/** Denials that reach what both clauses speak of; "do not use `--privileged` for this" denies nothing that the flag does. */
function countDenials({ denials, marks }: Clause, other: Clause): number {
  const names = new Set(marks.filter(isName).flatMap(({ terms }) => terms))
  return denials.filter((denied) => {
    const words = [...denied].filter((term) => !names.has(term))
    return (words.length === 0 ? [...denied] : words).some((term) => other.terms.has(term))
  }).length
}

interface Context {
  readonly clause: Clause
  readonly others: readonly ComparedClause[]
  readonly scale: Scale
}

function findExchange(mark: Mark, { clause, others, scale }: Context): readonly Doubt[] {
  const { rarity, leastAlike } = scale
  const margin = mark.kind === 'thing' ? thingMargin : scale.margin
  const without = mark.terms
  if (mark.kind === 'opposite' || [...clause.terms].filter((term) => !without.includes(term)).length < 2) return []
  let same = 0
  let exchanged = 0
  for (const other of others) {
    const role = findRole(mark, clause, other)
    if (role === undefined) continue
    const alike = shareOfTerms(clause, other, { rarity, without }) * role.share
    if (role.isSame) same = Math.max(same, alike)
    // "A restart stops them" agrees with "a reload does not stop them".
    else if (findTurned(clause, other.clause) === undefined) exchanged = Math.max(exchanged, alike)
  }
  return exchanged >= leastAlike && exchanged > same + margin ? [{ kind: 'exchange', about: mark.text }] : []
}
