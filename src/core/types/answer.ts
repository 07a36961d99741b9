import type { PassageScores } from './retrieval.js'

export type Support = 'supported' | 'weak' | 'unsupported'

/** `start` and `end` are UTF-16 offsets into the answer's `markdown`; `citations` are numbers of its citations. */
export interface AnswerSentence {
  readonly start: number
  readonly end: number
  readonly support: Support
  readonly citations: readonly number[]
}

/** Where a text stands: UTF-16 offsets into the decoded text of `file`; lines are 1-based and inclusive. */
export interface Place {
  /** Relative to the corpus folder, with forward slashes. */
  readonly file: string
  readonly headingPath: readonly string[]
  readonly startLine: number
  readonly endLine: number
  readonly startOffset: number
  readonly endOffset: number
  /** Page of the original, for formats that have pages. */
  readonly page?: number
}

/** An exact place, that of the quote: `text.slice(startOffset, endOffset) === quote`. */
export interface Citation extends Place {
  readonly n: number
  readonly passageId: string
  readonly book: { readonly id: string; readonly title: string; readonly year?: number }
  readonly quote: string
  /** Path of the place in the reader of the running service. */
  readonly url: string
}

/** Something the reader must know: a fallback, a book that changed, a book file that was left out. */
export interface Notice {
  readonly code: string
  readonly text: string
}

/** A retrieved passage as the retrieval inspector shows it; its own range, not a quote's. */
export interface InspectedPassage extends Place {
  readonly id: string
  readonly rank: number
  readonly book: { readonly id: string; readonly title: string; readonly year?: number }
  readonly scores: PassageScores
  readonly kept: boolean
  readonly reason: string
}

/** The same object through the command line's `--json`, HTTP, and the end of a stream. */
export interface Answer {
  readonly id: string
  readonly kind: 'answered' | 'no-evidence'
  readonly question: string
  /** As it was asked of the books: a follow-up with what it left to the turns before it. */
  readonly standaloneQuestion: string
  readonly markdown: string
  readonly sentences: readonly AnswerSentence[]
  readonly citations: readonly Citation[]
  readonly notices: readonly Notice[]
  /** Given before to the same question of the same books, and not written anew; absent otherwise. */
  readonly cached?: true
  readonly aiModel: string
  readonly embeddingModel: string
  /** One name per book asked: its file, or the folder's name with a slash. */
  readonly knowledgeBase: readonly string[]
  readonly retrieval: { readonly confidence: number; readonly passages: readonly InspectedPassage[] }
  readonly usage: { readonly promptTokens: number; readonly answerTokens: number }
  /** Milliseconds. */
  readonly timings: {
    /** Of a question in a conversation. */
    readonly rewriteMs?: number
    readonly retrieveMs: number
    readonly promptMs: number
    readonly generateMs: number
    readonly citeMs: number
    readonly totalMs: number
  }
}

/** What a streamed answer consists of, in order: sources, then deltas and citations, then done or error. */
export type AnswerEvent =
  | {
      readonly kind: 'sources'
      /** What is asked of the books, where it is not what was written. */
      readonly standaloneQuestion?: string
      readonly passages: readonly InspectedPassage[]
      readonly confidence: number
    }
  | { readonly kind: 'delta'; readonly text: string }
  | { readonly kind: 'citation'; readonly citation: Citation }
  | { readonly kind: 'notice'; readonly notice: Notice }
  | { readonly kind: 'done'; readonly answer: Answer }
