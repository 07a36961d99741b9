import type { BudgetedPassage, ExplainedBudget, Retrieval } from '../../core/types/retrieval.js'
import { countCharacters, draftPrompt, type PromptDraft, type PromptParts } from './build-prompt.js'

/**
 * What of the passages found would go into a chat model's prompt, by the same decision that `buildPrompt` takes, with the reason for
 * each. A prompt that could not be built at all is told like any other; where the books do not seem to answer, none would be.
 */
export async function explainBudget(question: string, { passages, answerable }: Retrieval, parts: PromptParts): Promise<ExplainedBudget> {
  const { aimTokens, limitTokens, charactersPerToken } = parts.budget
  const draft = await draftPrompt(question, passages, parts)
  const explained = passages.map(({ rank, passage }, place): BudgetedPassage => {
    const characters = countCharacters(draft.rendered.slice(place, place + 1))
    const promptTokens = draft.tokensWith[place] ?? draft.tokensAround
    const inPrompt = answerable && place < (draft.fitting ?? 0)
    const reason = answerable
      ? toReason({ place, promptTokens, draft, parts })
      : 'dropped: no model is asked when the books do not seem to answer'
    return { rank, id: passage.id, characters, tokens: Math.ceil(characters / charactersPerToken), promptTokens, inPrompt, reason }
  })
  return { aimTokens, limitTokens, charactersPerToken, aroundCharacters: draft.aroundCharacters, passages: explained }
}

interface Budgeted {
  readonly place: number
  readonly promptTokens: number
  readonly draft: PromptDraft
  readonly parts: PromptParts
}

function toReason({ place, promptTokens, draft: { fitting }, parts: { budget } }: Budgeted): string {
  const { aimTokens, limitTokens } = budget
  if (fitting === undefined) return `dropped: the question and the best passage alone are over the limit of ${limitTokens} tokens`
  if (place >= fitting) return `dropped: over the budget, ${promptTokens} tokens with it where ${aimTokens} are aimed at`
  return promptTokens > aimTokens ? `in the prompt: alone, though over the ${aimTokens} tokens aimed at` : 'in the prompt'
}
