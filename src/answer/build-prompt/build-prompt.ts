import { AppError } from '../../core/errors/app-error.js'
import type { AnswerPrompts } from '../../core/ports/answer-prompts.js'
import { toPlacePath } from '../../core/types/place-path.js'
import type { RankedPassage } from '../../core/types/retrieval.js'
import { breakControlTokens } from './break-control-tokens.js'

/** Sizes in tokens of the chat model, which only the model can count: we estimate from characters, on the safe side. */
export interface PromptBudget {
  /** What we aim at: on a CPU every thousand tokens cost the reader half a minute. */
  readonly aimTokens: number
  /** What must never be exceeded: context minus answer minus a reserve. */
  readonly limitTokens: number
  readonly charactersPerToken: number
}

export interface Prompt {
  readonly text: string
  /** The passages that are in it; the marker `[1]` means the first. */
  readonly passages: readonly RankedPassage[]
  readonly estimatedTokens: number
}

/**
 * One user message: rules, passages numbered from 1, the rules again in one line, the question. The lowest-ranked passages are left
 * out until the estimate fits the aim; a passage is never cut. Fails with PROMPT_TOO_LONG when even one passage exceeds the limit.
 */
export async function buildPrompt(
  question: string,
  passages: readonly RankedPassage[],
  { prompts, budget }: { readonly prompts: AnswerPrompts; readonly budget: PromptBudget },
): Promise<Prompt> {
  for (let count = passages.length; ; count--) {
    const kept = passages.slice(0, count)
    const text = await render(question, kept, prompts)
    const estimatedTokens = Math.ceil(text.length / budget.charactersPerToken)
    if (estimatedTokens <= budget.aimTokens || (count <= 1 && estimatedTokens <= budget.limitTokens)) {
      return { text, passages: kept, estimatedTokens }
    }
    if (count <= 1) throw new AppError('PROMPT_TOO_LONG', { tokens: estimatedTokens, limit: budget.limitTokens })
  }
}

async function render(question: string, passages: readonly RankedPassage[], prompts: AnswerPrompts): Promise<string> {
  const rendered = await Promise.all(
    passages.map(({ book, passage }, position) =>
      prompts.renderPassage({
        number: String(position + 1),
        place: breakControlTokens(toPlacePath(book.title, passage.headingPath)),
        text: breakControlTokens(passage.cleanText),
      }),
    ),
  )
  return prompts.renderAnswer({ passages: rendered.join('\n\n'), question: breakControlTokens(question) })
}
