import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../core/errors/app-error.js'
import type { AnswerPrompts } from '../../core/ports/answer-prompts.js'

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

async function loadTemplate(path: string, placeholders: readonly string[]): Promise<(values: Record<string, string>) => Promise<string>> {
  const { ChatPromptTemplate } = await import('@langchain/core/prompts')
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('PROMPT_FILE_INVALID', { path, problem: 'it cannot be read' }, cause)
  })
  const template = parseTemplate(() => ChatPromptTemplate.fromMessages<Record<string, string>>([['user', text.trim()]]), path)
  const found = [...template.inputVariables].map(String).sort()
  if (found.join() !== [...placeholders].sort().join()) {
    throw new AppError('PROMPT_FILE_INVALID', {
      path,
      problem: `it has the placeholders {${found.join('}, {')}} where {${placeholders.join('}, {')}} belong`,
    })
  }
  return async (values) => {
    const [message] = await template.formatMessages(values)
    return message === undefined ? '' : message.text
  }
}

function parseTemplate<Template>(parse: () => Template, path: string): Template {
  try {
    return parse()
  } catch (cause) {
    throw new AppError('PROMPT_FILE_INVALID', { path, problem: cause instanceof Error ? cause.message : String(cause) }, cause)
  }
}
