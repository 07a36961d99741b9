import { AppError } from '../../src/core/errors/app-error.js'
import { type ConversationStore, conversationLimits } from '../../src/core/ports/conversation-store.js'
import type { Conversation, ConversationSummary } from '../../src/core/types/conversation.js'
import { toConversationTitle } from '../../src/core/types/conversation-title.js'

/** Conversations in memory, with ids `c-1`, `c-2` and so on, and a clock that moves a second with every change. */
export function createMemoryConversations(): ConversationStore {
  const all = new Map<string, Conversation>()
  let changes = 0
  const tick = () => new Date(Date.UTC(2026, 0, 1) + 1000 * changes++).toISOString()
  const find = (id: string): Conversation => {
    const found = all.get(id)
    if (found === undefined) throw new AppError('CONVERSATION_UNKNOWN', { conversation: id })
    return found
  }
  const save = (conversation: Conversation): ConversationSummary => {
    all.set(conversation.id, conversation)
    return toSummary(conversation)
  }
  return {
    create: async (title = '') => {
      const at = tick()
      return save({ id: `c-${changes}`, title: toConversationTitle(title), createdAt: at, updatedAt: at, turns: [] })
    },
    list: async ({ search = '', limit = 50 } = {}) =>
      [...all.values()]
        .filter((one) => holdsWords(one, search))
        .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))
        .slice(0, limit)
        .map(toSummary),
    get: async (id) => find(id),
    recentTurns: async (id, count) => find(id).turns.slice(-count),
    rename: async (id, title) => save({ ...find(id), title: toConversationTitle(title), updatedAt: tick() }),
    delete: async (id) => void all.delete(find(id).id),
    addTurn: async (id, answer) => {
      const before = find(id)
      const { question, standaloneQuestion } = answer
      const position = before.turns.length + 1
      if (position > conversationLimits.turns) {
        throw new AppError('CONVERSATION_FULL', { what: 'turns of this conversation', limit: conversationLimits.turns })
      }
      const turn = { position, askedAt: tick(), question, standaloneQuestion, answer }
      const title = before.title === '' ? toConversationTitle(question) : before.title
      save({ ...before, title, updatedAt: turn.askedAt, turns: [...before.turns, turn] })
      return turn
    },
    close: async () => {},
  }
}

function holdsWords({ title, turns }: Conversation, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/)
  const texts = [
    title,
    ...turns.map(({ question, standaloneQuestion, answer }) => [question, standaloneQuestion, answer.markdown].join('\n')),
  ]
  return words.every((word) => texts.some((text) => text.toLowerCase().includes(word)))
}

function toSummary({ turns, ...rest }: Conversation): ConversationSummary {
  return { ...rest, turnCount: turns.length }
}
