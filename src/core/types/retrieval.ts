import type { Passage } from './passage.js'

/** One leg's opinion of a passage. `rank` is 1-based within that leg. */
export interface LegScore {
  readonly score: number
  readonly rank: number
}

/**
 * What a lexical score is made of: `(words + asks) × titleFactor + neighbours + concepts`.
 */
export interface LexicalParts {
  /** BM25 of the question's own words. */
  readonly words: number
  /** BM25 of the question's own words in the section's `asks`, weighted. */
  readonly asks: number
  /** 1 or more: how nearly the section's title is the question. */
  readonly titleFactor: number
  /** What words of the question that stand side by side add. */
  readonly neighbours: number
  /** What the concepts matched by the question add. */
  readonly concepts: number
}

export interface LexicalScore extends LegScore {
  readonly parts: LexicalParts
}

/** Every score that led to a passage's place. A leg that did not find the passage is absent. */
export interface PassageScores {
  /** Cosine similarity of the best window, -1 to 1. */
  readonly dense?: LegScore
  /** BM25 and what raises it; the parts add up to the score. */
  readonly lexical?: LexicalScore
  /** What the ranking sorts by: higher is better, comparable within one retrieval only. */
  readonly fused: number
}

export interface BookRef {
  readonly id: string
  readonly title: string
  readonly year?: number
}

/** Where a passage stands that was folded into another. */
export interface FoldedPlace {
  readonly file: string
  readonly headingPath: readonly string[]
  readonly startLine: number
  readonly endLine: number
}

export interface RankedPassage {
  /** 1-based, best first. */
  readonly rank: number
  readonly passage: Passage
  readonly book: BookRef
  readonly scores: PassageScores
  /** Places of passages with nearly the same text that were folded into this one. */
  readonly alsoAt: readonly FoldedPlace[]
}

/** What `retrievePassages` found, best first. */
export interface Retrieval {
  /** 0 to 1: how sure we are that the books answer the question at all. */
  readonly confidence: number
  readonly answerable: boolean
  readonly passages: readonly RankedPassage[]
  /** Present when the question wished it. */
  readonly explanation?: RetrievalExplanation
}

/** How a retrieval came about: the retrieval inspector shows it. */
export interface RetrievalExplanation {
  readonly terms: readonly ExplainedTerm[]
  readonly concepts: readonly ExplainedConcept[]
  readonly fusion: ExplainedFusion
  readonly confidence: readonly ConfidenceSignal[]
  readonly answerableFrom: number
  /** The passages looked at, in the fused order, with the reason why each was kept or dropped. */
  readonly candidates: readonly ExplainedPassage[]
  /** What a chat model would be given of the kept passages; the retrieval itself knows of no prompt. */
  readonly budget?: ExplainedBudget
}

/**
 * How the legs were made one: `lexical / bestLexical`, plus, when vectors were searched, `weight × (similarity - background) / (best -
 * background)`, which is never below 0.
 */
export interface ExplainedFusion {
  readonly bestLexical: number
  readonly dense?: { readonly weight: number; readonly background: number; readonly best: number }
}

export interface ExplainedTerm {
  readonly term: string
  /** The word as it was typed, when its spelling was repaired. */
  readonly repairedFrom?: string
  /** Passages that hold it, of all passages. */
  readonly passages: number
  /** Inverse document frequency: how rare it is. */
  readonly rarity: number
}

export interface ExplainedConcept {
  /** As the books say it. */
  readonly terms: readonly string[]
  /** 0 to 1: how nearly the question asks for it. */
  readonly match: number
  /** 0 to 1: share of the best own score that a passage fully about the concept gets on top. */
  readonly weight: number
}

/** One of the signals that the confidence is computed from; `adds` are summed up and put through the logistic function. */
export interface ConfidenceSignal {
  readonly name: string
  readonly value: number
  readonly adds: number
}

export interface ExplainedPassage {
  readonly id: string
  readonly file: string
  readonly headingPath: readonly string[]
  readonly startLine: number
  readonly endLine: number
  readonly scores: PassageScores
  readonly kept: boolean
  readonly reason: string
}

/** A prompt's size in tokens as estimated from its characters: only the model itself can count them. */
export interface ExplainedBudget {
  /** Passages are left out, the lowest-ranked first, until the prompt is no larger than this. */
  readonly aimTokens: number
  /** A single passage may go above the aim, never above this. */
  readonly limitTokens: number
  readonly charactersPerToken: number
  /** Of the rules and the question, without any passage. */
  readonly aroundCharacters: number
  /** The kept passages, best first. */
  readonly passages: readonly BudgetedPassage[]
}

export interface BudgetedPassage {
  readonly rank: number
  readonly id: string
  /** Of the passage as the prompt holds it, with its number and place. */
  readonly characters: number
  readonly tokens: number
  /** Of the prompt with this passage and all before it. */
  readonly promptTokens: number
  readonly inPrompt: boolean
  readonly reason: string
}
