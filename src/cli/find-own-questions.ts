import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../app/config/load-config.js'
import { AppError } from '../core/errors/app-error.js'

const shape = '[{"question": "…", "sections": [{"file": "My Book.md", "title": "…"}], "phrase": "words of the answer"}]'

/**
 * The folder of the handbook's questions: they stand in a clone only, and are for a corpus that holds the handbook. Fails with USAGE, telling
 * the shape of a questions file, where one of the two is missing.
 */
export function findOwnQuestions(corpusDir: string, root: string = packageRoot): string {
  const own = join(root, 'test', 'golden', 'questions')
  if (existsSync(own) && existsSync(join(corpusDir, 'handbook', 'SUMMARY.md'))) return own
  throw new AppError('USAGE', { problem: `Name a file of questions to ask your books: ${shape}.` })
}
