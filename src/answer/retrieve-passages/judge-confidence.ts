import { analyzeText, isCodeTerm } from '../../word-search/analyze-text.js'
import { askingTerms } from '../../word-search/asking-terms.js'
import { countDocuments, inverseDocumentFrequency, type TermIndex } from '../../word-search/bm25.js'

/** Below this the books are said not to hold the answer: the best passage lacks more than half of what the question is about. */
export const answerableFrom = 0.5

/** What the judgement rests on. */
export interface ConfidenceSignals {
  /** The question as asked, for its names. */
  readonly question: string
  readonly terms: readonly string[]
  readonly index: TermIndex
  /** Heading path and clean text of the best passages, best first. */
  readonly bestTexts: readonly string[]
  /** Present when vectors were searched. */
  readonly meaning?: { readonly best: number; readonly background: number }
}

const rareNamePenalty = 0.3

/**
 * 0 to 1: how sure we are that the books answer at all. The share of the question's words, weighted by how rare they are, that the
 * best passage holds; words that no book holds weigh most, and a name that no book holds costs more still (measured on other
 * Docker books: AUROC .97). A best window that stands well above the question's background similarity raises it.
 */
export function judgeConfidence(signals: ConfidenceSignals): number {
  const byWords = clamp(shareOfWords(signals) - rareNamePenalty * countUnknownNames(signals))
  return 1 - (1 - byWords) * (1 - confidenceByMeaning(signals.meaning))
}

function shareOfWords({ terms, index, bestTexts }: ConfidenceSignals): number {
  const weights = new Map(terms.filter(isJudged(terms)).map((term) => [term, weigh(term, index)]))
  const total = sum(weights.values())
  if (total === 0) return 0
  const shares = bestTexts.map((text) => {
    const present = new Set(analyzeText(text))
    return sum([...weights].filter(([term]) => present.has(term)).map(([, weight]) => weight)) / total
  })
  return Math.max(0, ...shares)
}

// A code word's parts stand beside it; when there are others, the whole is judged only by them, except for flags. Words of asking
// are judged only where there is nothing else: "image vs container" is about images and containers.
function isJudged(terms: readonly string[]): (term: string) => boolean {
  const onlyCode = terms.every(isCodeTerm)
  const onlyAsking = terms.every((term) => askingTerms.has(term))
  return (term) => (onlyCode || !isCodeTerm(term) || term.startsWith('-')) && (onlyAsking || !askingTerms.has(term))
}

/** 0 to 1, 1 for a word that no book holds. */
function weigh(term: string, index: TermIndex): number {
  const count = index.lengths.length
  return inverseDocumentFrequency(count, countDocuments(index, term)) / inverseDocumentFrequency(count, 0)
}

function countUnknownNames({ question, index }: ConfidenceSignals): number {
  const names = question.match(/(?<=[\p{L}\p{N},;'’)]\s+)\p{Lu}[\p{L}\p{N}]+/gu) ?? []
  const unknown = names.filter((name) => {
    const terms = analyzeText(name.toLowerCase())
    return terms.length > 0 && terms.every((term) => countDocuments(index, term) === 0 && !askingTerms.has(term))
  })
  return new Set(unknown.map((name) => name.toLowerCase())).size
}

// With all-MiniLM related texts stand about .3 to .6 above unrelated ones; from .2 above the background it begins to count.
function confidenceByMeaning(meaning: ConfidenceSignals['meaning']): number {
  return meaning === undefined ? 0 : 0.8 * clamp((meaning.best - meaning.background - 0.2) / 0.3)
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value))
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
