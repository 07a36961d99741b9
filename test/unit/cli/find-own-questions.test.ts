import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findOwnQuestions } from '../../../src/cli/find-own-questions.js'
import { createTemporaryFolder, writeFiles } from '../../helpers/temporary-folder.js'

const questions = 'test/golden/questions/a.json'

describe('findOwnQuestions', () => {
  test('gives the questions of a clone whose corpus holds the handbook', async () => {
    const root = await createTemporaryFolder()
    await writeFiles(root, { [questions]: '[]', 'corpus/handbook/SUMMARY.md': '# Handbook' })
    expect(findOwnQuestions(join(root, 'corpus'), root)).toBe(join(root, 'test', 'golden', 'questions'))
  })

  test.each([
    { name: 'a corpus of other books', files: { [questions]: '[]', 'corpus/Ships.md': '# Ships' } },
    { name: 'an installed package without the questions', files: { 'corpus/handbook/SUMMARY.md': '# Handbook' } },
  ])('asks for a file of questions, and shows its shape: $name', async ({ files }) => {
    const root = await createTemporaryFolder()
    await writeFiles(root, files)
    expect(() => findOwnQuestions(join(root, 'corpus'), root)).toThrow(
      /Name a file of questions to ask your books: \[\{"question": .*"phrase": /,
    )
  })
})
