import { describe, expect, test } from 'vitest'
import { loadPrompts } from '../../../../src/adapters/prompt-files/load-prompts.js'
import { buildPrompt } from '../../../../src/answer/build-prompt/build-prompt.js'
import { explainBudget } from '../../../../src/answer/build-prompt/explain-budget.js'
import { rankedPassage } from '../../../helpers/ranked-passage.js'

const prompts = await loadPrompts('prompts')
const budget = { aimTokens: 1_500, limitTokens: 3_000, charactersPerToken: 3 }
const words = (count: number) => Array.from({ length: count }, () => 'container').join(' ')
const passagesOf = (...lengths: readonly number[]) => lengths.map((length, at) => rankedPassage({ text: words(length) }, at + 1))
const found = (passages: ReturnType<typeof passagesOf>, answerable = true) => ({ confidence: 0.9, answerable, passages })

describe('explainBudget', () => {
  test.each([
    ['all fit', [50, 50, 50]],
    ['the last do not fit', [150, 150, 150, 150]],
    ['a small one behind a large one is dropped with it', [150, 400, 5]],
    ['one alone is over the aim', [500, 10]],
    ['there are none', []],
  ])('tells the very passages that the prompt holds, and its size, when %s', async (_, lengths) => {
    const passages = passagesOf(...lengths)
    const prompt = await buildPrompt('What?', passages, { prompts, budget })
    const explained = await explainBudget('What?', found(passages), { prompts, budget })
    const inPrompt = explained.passages.filter((one) => one.inPrompt)
    expect(inPrompt.map(({ rank }) => rank)).toEqual(prompt.passages.map(({ rank }) => rank))
    const characters = explained.aroundCharacters + inPrompt.reduce((sum, one) => sum + one.characters, 0)
    expect(Math.ceil(characters / budget.charactersPerToken)).toBe(prompt.estimatedTokens)
    if (inPrompt.length > 0) expect(inPrompt.at(-1)?.promptTokens).toBe(prompt.estimatedTokens)
  })

  test('gives for each dropped passage the size of the prompt with it, and the aim', async () => {
    const { passages } = await explainBudget('What?', found(passagesOf(150, 400, 5)), { prompts, budget })
    expect(passages.map(({ reason }) => reason.split(':')[0])).toEqual(['in the prompt', 'dropped', 'dropped'])
    for (const { reason, promptTokens } of passages.slice(1)) {
      expect(promptTokens).toBeGreaterThan(budget.aimTokens)
      expect(reason).toBe(`dropped: over the budget, ${promptTokens} tokens with it where 1500 are aimed at`)
    }
  })

  test('tells a prompt that cannot be built instead of failing', async () => {
    const { passages } = await explainBudget('why '.repeat(3_000), found(passagesOf(5, 5)), { prompts, budget })
    expect(passages.map(({ inPrompt }) => inPrompt)).toEqual([false, false])
    expect(passages[0]?.reason).toBe('dropped: the question and the best passage alone are over the limit of 3000 tokens')
  })

  test('puts nothing into a prompt that nobody would ask, as the books do not seem to answer', async () => {
    const { passages } = await explainBudget('What?', found(passagesOf(5), false), { prompts, budget })
    expect(passages).toMatchObject([{ inPrompt: false, tokens: expect.any(Number), reason: expect.stringMatching(/^dropped: no model/) }])
  })
})
