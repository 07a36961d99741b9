import { join } from 'node:path'
import type { AnswerPrompts } from '../../core/ports/answer-prompts.js'
import { loadTemplate } from './load-template.js'

/**
 * The answer's prompt files, compiled as LangChain chat prompt templates. Fails with PROMPT_FILE_INVALID when a file is missing or
 * its placeholders are not exactly those that we fill. Importing the templates takes about 170 ms: call it when a model will be asked.
 */
export async function loadPrompts(promptsDir: string): Promise<AnswerPrompts> {
  const [passage, answer] = await Promise.all([
    loadTemplate(join(promptsDir, 'answer', 'passage.md'), ['number', 'place', 'text']),
    loadTemplate(join(promptsDir, 'answer', 'answer.md'), ['passages', 'question']),
  ])
  return { renderPassage: (values) => passage({ ...values }), renderAnswer: (values) => answer({ ...values }) }
}
