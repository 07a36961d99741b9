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
  const rendered = await renderPassages(passages, prompts)
  const around = (await prompts.renderAnswer({ passages: '', question: breakControlTokens(question) })).length
  for (let count = passages.length; ; count--) {
    const characters = around + rendered.slice(0, count).reduce((sum, text) => sum + text.length + separator.length, 0)
    const estimatedTokens = Math.ceil(characters / budget.charactersPerToken)
    if (estimatedTokens <= budget.aimTokens || (count <= 1 && estimatedTokens <= budget.limitTokens)) {
      const values = { passages: rendered.slice(0, count).join(separator), question: breakControlTokens(question) }
      return { text: await prompts.renderAnswer(values), passages: passages.slice(0, count), estimatedTokens }
    }
    if (count <= 1) throw new AppError('PROMPT_TOO_LONG', { tokens: estimatedTokens, limit: budget.limitTokens })
  }
}

const separator = '\n\n'

function renderPassages(passages: readonly RankedPassage[], prompts: AnswerPrompts): Promise<readonly string[]> {
  return Promise.all(
    passages.map(({ book, passage }, position) =>
      prompts.renderPassage({
        number: String(position + 1),
        place: breakControlTokens(toPlacePath(book.title, passage.headingPath)),
        text: breakControlTokens(passage.cleanText),
      }),
    ),
  )
}
