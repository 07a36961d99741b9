import type { RewritePrompts } from '../../core/ports/rewrite-prompts.js'
import { analyzeText, isCodeTerm } from '../../word-search/analyze-text.js'
import { findReference } from './find-reference.js'
import { hasOwnTopic } from './own-topic.js'
import type { PastTurn } from './past-turn.js'
import { renderHistory } from './render-history.js'
import { rewriteByRule } from './rewrite-by-rule.js'

/** A chat model that can be held to a JSON schema. */
export interface RewritingModel {
  readonly loadPrompts: () => Promise<RewritePrompts>
  /** Characters that the turns before may take in the prompt. */
  readonly historyCharacters: number
  /** The model's whole reply. */
  readonly write: (prompt: string, schema: object) => Promise<string>
}

const replySchema = {
  type: 'object',
  properties: { question: { type: 'string' } },
  required: ['question'],
} as const
const longestRewriting = 500

/**
 * A follow-up as it can be understood alone; a question that needs nothing of `turns` (oldest first) comes back as it is, and no model
 * is asked. Without a model, and for a reply that is not usable, by rule. Rejects with what the model rejects with.
 */
export async function rewriteQuestion(question: string, turns: readonly PastTurn[], model?: RewritingModel): Promise<string> {
  const previous = turns.at(-1)?.standaloneQuestion
  if (previous === undefined) return question
  const byRule = rewriteByRule(question, previous)
  // Without a topic of its own it may lean on the turns before in a way that no rule sees.
  if (model === undefined || (byRule === question && hasOwnTopic(question))) return byRule
  const prompts = await model.loadPrompts()
  const history = await renderHistory(turns, { prompts, characters: model.historyCharacters })
  const reply = parseReply(await model.write(await prompts.renderRewrite({ history, question }), replySchema))
  return reply !== undefined && isFaithful(reply, question, history) ? reply : byRule
}

/** Undefined for anything but the object asked for: small models also write prose, or more than fits. */
function parseReply(text: string): string | undefined {
  const found = /\{[^{}]*\}/.exec(text)?.[0]
  if (found === undefined) return undefined
  try {
    const reply: unknown = JSON.parse(found)
    if (typeof reply !== 'object' || reply === null || !('question' in reply) || typeof reply.question !== 'string') return undefined
    return reply.question.replace(/\s+/g, ' ').trim()
  } catch {
    return undefined
  }
}

/** Whether it stands alone, kept every flag, name and number of the question, and made up none that nobody wrote. */
function isFaithful(reply: string, question: string, history: string): boolean {
  if (reply === '' || reply.length > Math.max(longestRewriting, 2 * question.length) || findReference(reply).kind !== 'none') return false
  const [written, asked, said] = [reply, question, history].map((text) => new Set(analyzeText(text).filter(isLiteral)))
  return [...(asked ?? [])].every((term) => written?.has(term)) && [...(written ?? [])].every((term) => asked?.has(term) || said?.has(term))
}

function isLiteral(term: string): boolean {
  return isCodeTerm(term) || /\p{N}/u.test(term)
}
