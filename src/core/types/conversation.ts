import type { Answer } from './answer.js'

/** One question of a conversation with all that was answered, citations included. */
export interface Turn {
  /** Place in the conversation, counted from 1. */
  readonly position: number
  /** ISO 8601, UTC. */
  readonly askedAt: string
  readonly question: string
  /** The question as it was asked of the books: with what it left to the turns before it. */
  readonly standaloneQuestion: string
  readonly answer: Answer
}

export interface ConversationSummary {
  readonly id: string
  /** The first question unless it was named otherwise; empty while there is neither. */
  readonly title: string
  readonly turnCount: number
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** When it was last asked or renamed. */
  readonly updatedAt: string
}

export interface Conversation extends Omit<ConversationSummary, 'turnCount'> {
  readonly turns: readonly Turn[]
}
