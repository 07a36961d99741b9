import type { RankedPassage } from '../types/retrieval.js'

/** What a generator is given: the rendered prompt for a chat model, and the numbered passages it was made from. */
export interface GenerationRequest {
  readonly question: string
  readonly prompt: string
  /** In prompt order: the marker `[1]` means the first. */
  readonly passages: readonly RankedPassage[]
  /** Every passage has its say: each stands for a book. */
  readonly everyPassage?: boolean
  readonly model?: string
  /** JSON Schema that the text must follow, for a model that can be held to one. */
  readonly schema?: object
  readonly signal?: AbortSignal
}

/** Which passage (1-based) and which slice of its file a generated piece was taken from, when the generator knows. */
export interface QuotedPlace {
  readonly passageNumber: number
  readonly startOffset: number
  readonly endOffset: number
}

/**
 * Pieces of an answer as they come. `text` may hold `[n]` markers that name passages; a `quoted` piece was copied from a
 * known place and needs no marker. `end` is always last and tells the counts.
 */
export type GeneratedPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'quoted'; readonly text: string; readonly place: QuotedPlace }
  | { readonly kind: 'end'; readonly complete: boolean; readonly promptTokens: number; readonly answerTokens: number }

/** Writes the answer's text. Rejects with an AppError when a part is down; stops at once when the signal fires. */
export interface TextGenerator {
  readonly kind: 'ollama' | 'extractive'
  /** As the answer names it: `Gemma3`, or `none (quoted from the books)`. */
  readonly aiModel: string
  generate(request: GenerationRequest): AsyncIterable<GeneratedPiece>
}
