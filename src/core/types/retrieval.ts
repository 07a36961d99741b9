import type { Passage } from './passage.js'

/** One leg's opinion of a passage. `rank` is 1-based within that leg. */
export interface LegScore {
  readonly score: number
  readonly rank: number
}

/** Every score that led to a passage's place. A leg that did not find the passage is absent. */
export interface PassageScores {
  /** Cosine similarity of the best window, -1 to 1. */
  readonly dense?: LegScore
  /** BM25 score. */
  readonly lexical?: LegScore
  /** What the ranking sorts by: higher is better, comparable within one retrieval only. */
  readonly fused: number
}

export interface BookRef {
  readonly id: string
  readonly title: string
  readonly year?: number
}

export interface RankedPassage {
  /** 1-based, best first. */
  readonly rank: number
  readonly passage: Passage
  readonly book: BookRef
  readonly scores: PassageScores
  /** Places of passages with the same text that were folded into this one. */
  readonly alsoAt: readonly string[]
}

/** What `retrievePassages` found, best first. */
export interface Retrieval {
  /** 0 to 1: how sure we are that the books answer the question at all. */
  readonly confidence: number
  readonly answerable: boolean
  readonly passages: readonly RankedPassage[]
}
