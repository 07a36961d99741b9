import type { RewritePrompts } from '../core/ports/rewrite-prompts.js'
import type { Question } from '../core/types/question.js'
import type { AnswerParts } from './answer.js'
import { breakControlTokens } from './build-prompt/break-control-tokens.js'
import { generateText } from './generate-text/generate-text.js'
import type { PastTurn } from './rewrite-question/past-turn.js'
import { type RewritingModel, rewriteQuestion } from './rewrite-question/rewrite-question.js'

/** What a question may lean on. */
export interface Before {
  /** Oldest first. */
  readonly turns: readonly PastTurn[]
  /** Needed by a chat model only. */
  readonly loadPrompts: () => Promise<RewritePrompts>
}

/** Of the prompt of a rewriting: enough for the last few turns, and read in a second or two on a processor. */
const historyTokens = 500

/**
 * The question with its text made to stand alone, and what was asked kept beside it; the same question when nothing was said before or
 * it needs nothing of it. Rejects with what the chat model rejects with, and with TIMEOUT or INTERRUPTED.
 */
export async function makeStandalone(question: Question, parts: AnswerParts, signal?: AbortSignal): Promise<Question> {
  if (parts.before === undefined) return question
  const model = parts.generator.kind === 'ollama' ? createModel(parts.before, parts, signal) : undefined
  const text = await rewriteQuestion(question.text, parts.before.turns, model)
  return text === question.text ? question : { ...question, text, asked: question.text }
}

function createModel({ loadPrompts }: Before, { generator, limits, budget }: AnswerParts, signal?: AbortSignal): RewritingModel {
  return {
    loadPrompts: async () => {
      const { renderTurn, renderRewrite } = await loadPrompts()
      return {
        renderTurn: ({ question, answer }) => renderTurn({ question: breakControlTokens(question), answer: breakControlTokens(answer) }),
        renderRewrite: ({ history, question }) => renderRewrite({ history, question: breakControlTokens(question) }),
      }
    },
    historyCharacters: historyTokens * budget.charactersPerToken,
    write: async (prompt, schema) => {
      const request = { question: '', prompt, passages: [], schema, ...(signal === undefined ? {} : { signal }) }
      let text = ''
      for await (const piece of generateText(request, generator, limits)) if (piece.kind === 'text') text += piece.text
      return text
    },
  }
}
