import type { ConfidenceSignal } from '../../core/types/retrieval.js'
import type { ConceptMatcher } from '../../docker-knowledge/concept-matcher.js'
import { findOtherTechnology } from '../../docker-knowledge/other-technology.js'
import type { Library } from '../../library/library.js'
import { isCodeTerm } from '../../word-search/analyze-text.js'
import { askingTerms } from '../../word-search/asking-terms.js'
import { countDocuments, findTerm, inverseDocumentFrequency, termNumbersOf, titleNumbersOf } from '../../word-search/bm25.js'
import type { MeaningLeg } from './find-by-meaning.js'
import type { FusedPassage } from './fuse-rankings.js'
import { createNeighbourEvidence } from './neighbour-evidence.js'
import type { QuestionTerms } from './read-question.js'

/** Below this the books are said not to hold the answer. */
export const answerableFrom = 0.5

export interface Confidence {
  /** 0 to 1: how sure we are that the books answer at all. */
  readonly value: number
  readonly signals: readonly ConfidenceSignal[]
}

export interface ConfidenceRequest {
  /** The question as written: some names are told from everyday words by their capital alone. */
  readonly text: string
  readonly terms: QuestionTerms
  readonly concepts: ConceptMatcher
  readonly library: Library
  /** 0 to 1, from the lexical leg: the best passage's BM25 against the highest that the question's words could give. */
  readonly coverage: number
  /** The passages found, best first. */
  readonly best: readonly FusedPassage[]
  /** Present when vectors were searched. */
  readonly meaning: MeaningLeg | undefined
}

/**
 * Weights of the signals in a logistic regression, fitted on the tuning half of the golden questions and on questions about two other
 * Docker books; `start` is moved so that few answerable questions are refused. `meaning` could not be fitted without the real model.
 */
const calibration = { start: 2.2, unknown: -3.6, strange: -2.7, other: -5.5, neighbours: 6.6, coverage: 1.2, meaning: 2 } as const

const judgedPassages = 5
/** Other technology counts as treated by the books when a good passage names it so often, or in its title. */
const treatedFrom = 4
const treatingPassages = 3
/** A book that treats Kubernetes in one chapter still lacks most of what people ask about it. */
const treatmentCounts = 0.6
/** A few passages tell little of how rare words are: the concepts count as so many passages more. */
const conceptsAsPassages = 200

/**
 * How sure we are that the books answer at all, from several signals, each 0 to 1: the share of the question (its words
 * weighed by rarity) that no book has; the share that the learners' words of the concepts lack too; names of technology beside Docker
 * that the best passages do not treat; words of the question side by side in a passage; how well the best passage covers the question.
 * 0 without signals when there is no passage.
 */
export function judgeConfidence(request: ConfidenceRequest): Confidence {
  if (request.best.length === 0) return { value: 0, signals: [] }
  const measured = measureSignals(request)
  const signals = [
    { name: 'start', value: 1, adds: calibration.start },
    ...measured.map(([name, value]) => ({ name, value, adds: calibration[name] * value })),
  ]
  const total = signals.reduce((sum, { adds }) => sum + adds, 0)
  return { value: 1 / (1 + Math.exp(-total)), signals }
}

type SignalName = Exclude<keyof typeof calibration, 'start'>

/** The signals' values, for the calibration and the explanation. */
export function measureSignals(request: ConfidenceRequest): readonly (readonly [SignalName, number])[] {
  const { text, terms, concepts, library, coverage, meaning } = request
  const other = findOtherTechnology(text)
  const weigh = createWeigh(library, concepts)
  const judged = judgedTerms([...terms.weights.keys()])
  const total = sum(judged.map(weigh))
  const share = (isCounted: (term: string) => boolean) => (total === 0 ? 1 : sum(judged.filter(isCounted).map(weigh)) / total)
  return [
    ['unknown', share((term) => !isInBooks(library, term))],
    ['strange', share((term) => !concepts.has(term) && countDocuments(library.asks, term) === 0)],
    ['other', mean(judged.filter((term) => other.has(term)).map((term) => 1 - treatmentCounts * measureTreatment(term, request)))],
    ['neighbours', total === 0 ? 0 : Math.min(1, measureNeighbours(request) / (total * highestRarity(library)))],
    ['coverage', coverage],
    ...(meaning === undefined ? [] : [['meaning', measureMeaning(meaning)] as const]),
  ]
}

// A code word's parts stand beside it; when there are others, the whole is judged only by them, except for flags. Words of asking
// are judged only where there is nothing else: "image vs container" is about images and containers.
function judgedTerms(terms: readonly string[]): readonly string[] {
  const onlyCode = terms.every(isCodeTerm)
  const onlyAsking = terms.every((term) => askingTerms.has(term))
  return terms.filter((term) => (onlyCode || !isCodeTerm(term) || term.startsWith('-')) && (onlyAsking || !askingTerms.has(term)))
}

// 0 to 1, 1 for a word that neither the books nor the concepts have.
function createWeigh({ terms: index }: Library, concepts: ConceptMatcher): (term: string) => number {
  const count = index.lengths.length + conceptsAsPassages
  const highest = inverseDocumentFrequency(count, 0)
  return (term) => inverseDocumentFrequency(count, countDocuments(index, term) + conceptsAsPassages * concepts.frequencyOf(term)) / highest
}

function highestRarity({ terms: index }: Library): number {
  return inverseDocumentFrequency(index.lengths.length, 0)
}

function isInBooks({ terms, asks }: Library, term: string): boolean {
  return countDocuments(terms, term) > 0 || countDocuments(asks, term) > 0
}

/** 0 to 1: whether the best passages are about the term rather than name it in passing. */
function measureTreatment(term: string, { library, best }: ConfidenceRequest): number {
  const number = findTerm(library.terms.terms, term)
  if (number < 0) return 0
  const treatments = best.slice(0, treatingPassages).map(({ passageNumber }) => {
    if (titleNumbersOf(library.terms, passageNumber).includes(number)) return 1
    const times = termNumbersOf(library.terms, passageNumber).filter((other) => other === number).length
    return Math.min(1, times / treatedFrom)
  })
  return Math.max(0, ...treatments)
}

function measureNeighbours({ library, terms, best }: ConfidenceRequest): number {
  const measure = createNeighbourEvidence(library.terms, terms.sequence)
  return Math.max(0, ...best.slice(0, judgedPassages).map(({ passageNumber }) => measure(passageNumber)))
}

// With all-MiniLM related texts stand about .3 to .6 above unrelated ones; from .2 above the background it begins to count.
function measureMeaning({ hits, background }: MeaningLeg): number {
  return Math.min(1, Math.max(0, ((hits[0]?.score ?? 0) - background - 0.2) / 0.3))
}

/** 0 of nothing. */
function mean(numbers: readonly number[]): number {
  return sum(numbers) / Math.max(1, numbers.length)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
