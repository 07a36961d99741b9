import type { Answer } from '../types/answer.js'
import type { Conversation, ConversationSummary, Turn } from '../types/conversation.js'

/** What a store holds at most. */
export const conversationLimits = {
  conversations: 10_000,
  /** Of one conversation. */
  turns: 200,
  /** UTF-16 code units; a longer title is cut. */
  titleLength: 120,
  /** Listed at once. */
  listed: 200,
} as const

export interface ListOptions {
  /** Only conversations that hold all of these words, in their title, questions or answers; whatever their case. */
  readonly search?: string
  /** 50 unless told; never more than `conversationLimits.listed`. */
  readonly limit?: number
}

/**
 * Keeps conversations. What a call has resolved for stays, also when the process is killed; what it rejects for has left no trace.
 * Whatever names a conversation rejects with CONVERSATION_UNKNOWN when it does not exist.
 */
export interface ConversationStore {
  /** Without a title the first question gives it. Rejects with CONVERSATION_FULL above the limit. */
  create(title?: string): Promise<ConversationSummary>
  /** The last used first. */
  list(options?: ListOptions): Promise<readonly ConversationSummary[]>
  get(id: string): Promise<Conversation>
  /** The last turns, oldest first. */
  recentTurns(id: string, count: number): Promise<readonly Turn[]>
  rename(id: string, title: string): Promise<ConversationSummary>
  delete(id: string): Promise<void>
  /** Adds the answer as the last turn, all of it or nothing. Rejects with CONVERSATION_FULL above the limit. */
  addTurn(id: string, answer: Answer): Promise<Turn>
  /** Safe to call twice. */
  close(): Promise<void>
}
