import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadPrompts } from '../../../../src/adapters/prompt-files/load-prompts.js'

describe('loadPrompts', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prompts-'))
    await cp('prompts', folder, { recursive: true })
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  test('loads the files of the project', async () => {
    const prompts = await loadPrompts(folder)
    expect(await prompts.renderPassage({ number: '3', place: 'Book › Chapter', text: 'Text.' })).toBe('[3] Book › Chapter\nText.')
  })

  test.each([
    ['a placeholder is missing', 'Say {passages}.', /\{question\}|placeholders/],
    ['a placeholder is unknown', '{passages} {question} {mood}', /mood/],
    ['a brace is left open', '{passages} {question', /.+/],
  ])('refuses a file in which %s', async (_, text, problem) => {
    await writeFile(join(folder, 'answer', 'answer.md'), text)
    await expect(loadPrompts(folder)).rejects.toMatchObject({ code: 'PROMPT_FILE_INVALID', message: expect.stringMatching(problem) })
  })

  test('refuses a folder without the files', async () => {
    await rm(join(folder, 'answer', 'passage.md'))
    await expect(loadPrompts(folder)).rejects.toMatchObject({ code: 'PROMPT_FILE_INVALID', message: expect.stringContaining('passage.md') })
  })
})
