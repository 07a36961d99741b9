import { join } from 'node:path'
import type { ConversationStore } from '../core/ports/conversation-store.js'
import type { Conversation, ConversationSummary } from '../core/types/conversation.js'
import type { Config } from './config/config.js'

/**
 * The conversations kept in the data folder. What names one that does not exist rejects with CONVERSATION_UNKNOWN; a file that cannot be
 * used with CONVERSATIONS_UNUSABLE.
 */
export interface Conversations {
  /** Without a title the first question gives it. */
  create(title?: string): Promise<ConversationSummary>
  /** The last used first; with `search` only those that hold all its words. */
  list(options?: { readonly search?: string; readonly limit?: number }): Promise<readonly ConversationSummary[]>
  get(conversationId: string): Promise<Conversation>
  rename(conversationId: string, title: string): Promise<ConversationSummary>
  delete(conversationId: string): Promise<void>
}

export const conversationsFile = 'conversations.db'

/** The store of the data folder, opened when it is first used: a question outside a conversation needs none. */
export class ConversationsInUse {
  readonly #path: string
  #store: Promise<ConversationStore> | undefined

  constructor({ dataDir }: Config) {
    this.#path = join(dataDir, conversationsFile)
  }

  /** Rejects with CONVERSATIONS_UNUSABLE; the next call tries again. */
  use(): Promise<ConversationStore> {
    this.#store ??= this.#open()
    return this.#store
  }

  async close(): Promise<void> {
    const opened = await this.#store?.catch(() => undefined)
    this.#store = undefined
    await opened?.close()
  }

  async #open(): Promise<ConversationStore> {
    try {
      const { openConversationStore } = await import('../adapters/conversation-store/open-conversation-store.js')
      return await openConversationStore(this.#path)
    } catch (error) {
      this.#store = undefined
      throw error
    }
  }
}

/** What programs may do with the conversations; turns are added by asking. */
export function createConversations(inUse: ConversationsInUse): Conversations {
  return {
    create: async (title) => (await inUse.use()).create(title),
    list: async (options) => (await inUse.use()).list(options),
    get: async (id) => (await inUse.use()).get(id),
    rename: async (id, title) => (await inUse.use()).rename(id, title),
    delete: async (id) => (await inUse.use()).delete(id),
  }
}
