import { describe, expect, it } from 'vitest'
import { loadRewritePrompts } from '../../../../src/adapters/prompt-files/load-rewrite-prompts.js'
import type { PastTurn } from '../../../../src/answer/rewrite-question/past-turn.js'
import { type RewritingModel, rewriteQuestion } from '../../../../src/answer/rewrite-question/rewrite-question.js'

const turn = (question: string, markdown = 'Run `docker volume create data` [1].'): PastTurn => ({
  question,
  standaloneQuestion: question,
  answer: { kind: 'answered', markdown },
})
const turns = [turn('How do I create a named volume?')]

interface Asked {
  readonly prompt: string
  readonly schema: object
}

/** A model that replies always the same. */
function createModel(reply: string, historyCharacters = 1500): RewritingModel & { readonly asked: readonly Asked[] } {
  const asked: Asked[] = []
  return {
    asked,
    loadPrompts: () => loadRewritePrompts('prompts'),
    historyCharacters,
    write: async (prompt, schema) => {
      asked.push({ prompt, schema })
      return reply
    },
  }
}

describe('rewriteQuestion', () => {
  it('leaves the first question of a conversation, and one that stands alone, without asking the model', async () => {
    const model = createModel('{"question": "Something else?"}')
    expect(await rewriteQuestion('Where does it live?', [], model)).toBe('Where does it live?')
    expect(await rewriteQuestion('What is an image?', turns, model)).toBe('What is an image?')
    expect(model.asked).toEqual([])
  })

  it('rewrites by rule without a model', async () => {
    expect(await rewriteQuestion('And how do I remove it?', turns)).toBe('How do I remove a named volume?')
  })

  it('takes what the model writes, and shows it the turns before in order with a schema to reply by', async () => {
    const model = createModel('{"question": "Where is a named volume stored on the host?"}')
    const said = [turn('What is Docker?', 'A tool.'), ...turns]
    expect(await rewriteQuestion('Where is it stored on the host?', said, model)).toBe('Where is a named volume stored on the host?')
    const [{ prompt, schema } = { prompt: '', schema: {} }] = model.asked
    expect(prompt).toMatch(
      /Question: What is Docker\?\nAnswer: A tool\.\n\nQuestion: How do I create[\s\S]*Answer: Run `docker volume create data` \./,
    )
    expect(prompt).toContain('Last question: Where is it stored on the host?')
    expect(prompt).toContain('{"question": "')
    expect(schema).toMatchObject({ properties: { question: { type: 'string' } }, required: ['question'] })
  })

  it('also asks the model about words that no rule understands, if they have no topic of their own', async () => {
    const model = createModel('{"question": "How do I create two named volumes at once?"}')
    expect(await rewriteQuestion('Same thing twice at once, please', turns, model)).toBe('How do I create two named volumes at once?')
    expect(await rewriteQuestion('How do I do so twice?', turns, model)).toBe('How do I create two named volumes at once?')
  })

  it.each([
    ['prose', 'The question means the volume.'],
    ['JSON that was cut off', '{"question": "How do I rem'],
    ['another object', '{"answer": "docker volume rm"}'],
    ['nothing', '{"question": "  "}'],
    ['a question that still leans on the others', '{"question": "How do I remove it?"}'],
    ['a question without the flag that was asked about', '{"question": "How do I remove a named volume?"}'],
    ['a question with a flag of its own', '{"question": "How do I remove a named volume with -f and --all?"}'],
    ['a speech', `{"question": "How do I remove a named volume with -f ${'and so on '.repeat(100)}?"}`],
  ])('falls back on the rule when the model replies with %s', async (_, reply) => {
    expect(await rewriteQuestion('How do I remove it with -f?', turns, createModel(reply))).toBe('How do I remove a named volume with -f?')
  })

  it('shows the model the latest turns that fit, each whole or not at all, and of long answers the beginning without code', async () => {
    const long = `Start of it. ${'word '.repeat(200)}`
    const said = [
      turn('First question?', long),
      turn('Second question?', `\`\`\`bash\nsecret code\n\`\`\`\n${long}`),
      turn('Third question?', long),
    ]
    const model = createModel('{}', 800)
    await rewriteQuestion('Why?', said, model)
    const prompt = model.asked[0]?.prompt ?? ''
    expect(prompt).not.toContain('First question?')
    expect(prompt).toMatch(/Question: Second question\?\nAnswer: Start of it\.(?: word)+ …\n\nQuestion: Third question\?/)
    expect(prompt).not.toContain('secret code')
  })

  it('rejects with what the model rejects with', async () => {
    const model = { ...createModel(''), write: () => Promise.reject(new Error('gone')) }
    await expect(rewriteQuestion('Why?', turns, model)).rejects.toThrow('gone')
  })
})
