import type { Before } from '../answer/make-standalone.js'
import type { AnswerEvent } from '../core/types/answer.js'
import type { ConversationsInUse } from './conversations.js'

/** Turns that a question may lean on; what lies further back is seldom meant and costs time to read. */
const leanedOn = 4

export interface ConversationParts {
  readonly conversations: ConversationsInUse
  readonly loadPrompts: Before['loadPrompts']
}

/** What was said before in the conversation. Rejects with CONVERSATION_UNKNOWN. */
export async function readBefore(id: string, { conversations, loadPrompts }: ConversationParts): Promise<Before> {
  const store = await conversations.use()
  return { turns: await store.recentTurns(id, leanedOn), loadPrompts }
}

/** The events as they come; the answer is kept before its `done` is told, so that who has it can rely on it. A stopped answer is no turn. */
export async function* keepTurn(
  id: string,
  events: AsyncIterable<AnswerEvent>,
  conversations: ConversationsInUse,
): AsyncGenerator<AnswerEvent> {
  for await (const event of events) {
    if (event.kind === 'done') await (await conversations.use()).addTurn(id, event.answer)
    yield event
  }
}
