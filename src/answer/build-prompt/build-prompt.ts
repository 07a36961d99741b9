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

/** A prompt's parts with their sizes, before it is decided how many of them fit. */
export interface PromptDraft {
  readonly question: string
  /** The passages as the prompt shows them, best first. */
  readonly rendered: readonly string[]
  /** Of the rules and the question. */
  readonly aroundCharacters: number
  /** Estimated tokens of the prompt with the first passage, with the first two, and so on. */
  readonly tokensWith: readonly number[]
  /** Estimated tokens without any passage. */
  readonly tokensAround: number
  /** How many of the passages fit; undefined when not even one does. */
  readonly fitting: number | undefined
}

export interface PromptParts {
  readonly prompts: AnswerPrompts
  readonly budget: PromptBudget
}

/** Between two passages; counted behind each. */
const separator = '\n\n'

/** Renders the passages and tells how many of them fit the budget: the lowest-ranked are left out first, and none is ever cut. */
export async function draftPrompt(
  asked: string,
  passages: readonly RankedPassage[],
  { prompts, budget }: PromptParts,
): Promise<PromptDraft> {
  const question = breakControlTokens(asked)
  const rendered = await renderPassages(passages, prompts)
  const aroundCharacters = (await prompts.renderAnswer({ passages: '', question })).length
  const tokensOf = (count: number) => Math.ceil((aroundCharacters + countCharacters(rendered.slice(0, count))) / budget.charactersPerToken)
  const tokensWith = rendered.map((_, place) => tokensOf(place + 1))
  const tokensAround = tokensOf(0)
  const fitting = countFitting(tokensWith, tokensAround, budget)
  return { question, rendered, aroundCharacters, tokensWith, tokensAround, fitting }
}

/** Characters that passages take up in a prompt, with what parts them. */
export function countCharacters(rendered: readonly string[]): number {
  return rendered.reduce((sum, text) => sum + text.length + separator.length, 0)
}

function countFitting(tokensWith: readonly number[], tokensAround: number, { aimTokens, limitTokens }: PromptBudget): number | undefined {
  const count = tokensWith.filter((tokens) => tokens <= aimTokens).length
  const alone = tokensWith[0] ?? tokensAround
  // One passage is worth going above the aim.
  if (count === 0 && alone <= limitTokens) return Math.min(1, tokensWith.length)
  return count === 0 ? undefined : count
}

/**
 * One user message: rules, passages numbered from 1, the rules again in one line, the question. The lowest-ranked passages are left
 * out until the estimate fits the aim; a passage is never cut. Fails with PROMPT_TOO_LONG when even one passage exceeds the limit.
 */
export async function buildPrompt(question: string, passages: readonly RankedPassage[], parts: PromptParts): Promise<Prompt> {
  const draft = await draftPrompt(question, passages, parts)
  const { fitting, rendered, tokensAround, tokensWith } = draft
  if (fitting === undefined) {
    throw new AppError('PROMPT_TOO_LONG', { tokens: tokensWith[0] ?? tokensAround, limit: parts.budget.limitTokens })
  }
  const values = { passages: rendered.slice(0, fitting).join(separator), question: draft.question }
  const estimatedTokens = tokensWith[fitting - 1] ?? tokensAround
  return { text: await parts.prompts.renderAnswer(values), passages: passages.slice(0, fitting), estimatedTokens }
}

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
