import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { isRefusal, refusalSentence, refuse } from '../../../src/answer/refuse.js'
import { rankedPassage } from '../../helpers/ranked-passage.js'

test.each(['The books do not answer this.', '**The books do not answer this** [1].', '> the books do not answer this\n'])(
  'isRefusal knows %j',
  (text) => {
    expect(isRefusal(text)).toBe(true)
  },
)

test.each(['The books do not answer this, but a volume keeps data.', 'A volume keeps data.', ''])('isRefusal leaves %j alone', (text) => {
  expect(isRefusal(text)).toBe(false)
})

test('the prompt tells the model the very sentence by which a refusal is known', async () => {
  expect(await readFile('prompts/answer/answer.md', 'utf8')).toContain(refusalSentence)
})

test('refuse names the three nearest sections with their places, each once', () => {
  const passages = [1, 1, 2, 3, 4].map((number, position) =>
    rankedPassage({ text: 'Text.', headingPath: ['Chapter', `Section ${number}`] }, position + 1),
  )
  const lines = refuse(passages)
    .split('\n')
    .filter((line) => line.startsWith('- '))
  expect(lines).toEqual([1, 2, 3].map((number) => `- The Book › Chapter › Section ${number}, lines 1–1`))
})
