import { readFile } from 'node:fs/promises'
import { AppError } from '../../core/errors/app-error.js'

/**
 * A prompt file as a LangChain chat prompt template of one user message. Fails with PROMPT_FILE_INVALID when the file is missing or its
 * placeholders are not exactly those named.
 */
export async function loadTemplate(
  path: string,
  placeholders: readonly string[],
): Promise<(values: Record<string, string>) => Promise<string>> {
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
