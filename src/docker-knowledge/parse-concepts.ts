import { AppError } from '../core/errors/app-error.js'

/** The same thing in the books' words and in the learners'. */
export interface Concept {
  /** What books call it: words, commands, flags, instructions. */
  readonly terms: readonly string[]
  /** How people ask for it who have not got those words. */
  readonly asks: readonly string[]
}

const fewestTerms = 2
const mostTerms = 8
const fewestAsks = 8
const mostAsks = 20

/**
 * Concepts from lines such as `volume, named volume | keep my files; data gone after restart`; empty lines are passed over.
 * Fails with INTERNAL, quoting the line, when one has not 2 to 8 terms and 8 to 20 different asks: the data is ours.
 */
export function parseConcepts(lines: string): readonly Concept[] {
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseConcept)
}

function parseConcept(line: string): Concept {
  const [terms = '', asks = '', ...rest] = line.split('|')
  const concept = { terms: splitList(terms, ','), asks: splitList(asks, ';') }
  const fits =
    rest.length === 0 && isBetween(concept.terms.length, fewestTerms, mostTerms) && isBetween(concept.asks.length, fewestAsks, mostAsks)
  if (!fits || new Set(concept.asks).size !== concept.asks.length) {
    throw new AppError('INTERNAL', {
      problem: `a concept has not ${fewestTerms}–${mostTerms} terms and ${fewestAsks}–${mostAsks} different asks: ${line}`,
    })
  }
  return concept
}

function splitList(text: string, mark: string): readonly string[] {
  return text
    .split(mark)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function isBetween(value: number, least: number, most: number): boolean {
  return value >= least && value <= most
}
