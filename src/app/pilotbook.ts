import type { Answer, AnswerEvent, Notice, Place } from '../core/types/answer.js'
import type { RetrievalPart } from '../core/types/question.js'
import type { FoldedPlace, PassageScores, RetrievalExplanation } from '../core/types/retrieval.js'
import type { Conversations } from './conversations.js'

/** What a person asks for. Books are ids or names as `books` lists them. */
export interface AskRequest {
  readonly question: string
  readonly books?: readonly string[]
  readonly years?: { readonly from: number; readonly to: number }
  /** Passages to retrieve, 1 to 500. */
  readonly k?: number
  /** The best passage of each book that has an answer, side by side. */
  readonly eachBook?: boolean
  /** Parts of retrieval to leave out. */
  readonly without?: readonly RetrievalPart[]
  /** Of a search: tell how its result came about. */
  readonly explain?: boolean
  readonly model?: string
  /** Of an answer: written anew even when the service has given the same before. */
  readonly fresh?: boolean
  /** Of an answer: a follow-up is made to stand alone by the turns before it, and the answer becomes the next turn. */
  readonly conversationId?: string
}

export interface CallOptions {
  readonly signal?: AbortSignal
}

export interface SearchHit extends Place {
  readonly rank: number
  readonly id: string
  readonly score: number
  readonly scores: PassageScores
  readonly book: { readonly id: string; readonly title: string }
  readonly text: string
  /** Places of nearly the same text that were folded into this hit; absent when there are none. */
  readonly alsoAt?: readonly FoldedPlace[]
}

export interface SearchResult {
  readonly question: string
  readonly confidence: number
  readonly answerable: boolean
  readonly passages: readonly SearchHit[]
  /** Fallbacks in use: a search by words alone says so. */
  readonly notices: readonly Notice[]
  /** Present when the request wished it. */
  readonly explanation?: RetrievalExplanation
}

export interface BookSummary {
  readonly id: string
  readonly title: string
  readonly authors: readonly string[]
  readonly edition?: string
  readonly year?: number
  readonly format: string
  /** The file's name, or the folder's name with a slash. */
  readonly name: string
  readonly files: readonly string[]
  readonly sections: number
  readonly passages: number
}

export interface SectionSummary {
  readonly id: string
  readonly parentId?: string
  readonly title: string
  readonly level: number
  readonly headingPath: readonly string[]
  readonly file: string
  readonly startLine: number
  readonly endLine: number
  readonly page?: number
}

export interface BookDetail extends Omit<BookSummary, 'sections'> {
  readonly sections: readonly SectionSummary[]
}

export interface SectionDetail extends SectionSummary {
  readonly book: { readonly id: string; readonly title: string }
  /** `text` is this slice of the file: heading and own text, as it stands in the index. */
  readonly startOffset: number
  readonly endOffset: number
  readonly text: string
  readonly previousId?: string
  readonly nextId?: string
}

/** One part of the program: in order, or working in a lesser way, with what would mend it. */
export interface PartStatus {
  readonly part: 'corpus' | 'index' | 'embedder' | 'vector index' | 'generator'
  readonly state: 'ok' | 'degraded' | 'failed'
  /** A short sentence saying what is in use. */
  readonly text: string
  /** What to do to get the better one. */
  readonly remedy?: string
}

/** Both pipelines, wired: what the command line, the HTTP service and LangChain programs call. */
export interface Pilotbook {
  /** Streams one answer. Everything is checked before the first event; a failure rejects with an AppError. */
  ask(request: AskRequest, options?: CallOptions): AsyncIterable<AnswerEvent>
  /** The same, whole. */
  answer(request: AskRequest, options?: CallOptions): Promise<Answer>
  search(request: AskRequest, options?: CallOptions): Promise<SearchResult>
  books(): Promise<readonly BookSummary[]>
  /** Rejects with BOOK_UNKNOWN. */
  book(bookId: string): Promise<BookDetail>
  /** Rejects with BOOK_UNKNOWN or SECTION_UNKNOWN. */
  section(bookId: string, sectionId: string): Promise<SectionDetail>
  readonly conversations: Conversations
  status(options?: CallOptions): Promise<readonly PartStatus[]>
  /** Loads the chat model into Ollama so that the first answer comes sooner; does nothing without Ollama. */
  warmUp(options?: CallOptions): Promise<void>
  close(): Promise<void>
}
