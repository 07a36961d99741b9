import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../core/errors/app-error.js'

/** What a chat model is told about the book search that it may call, and around what it finds. */
export interface ToolPrompts {
  /** What the tool is for. */
  readonly description: string
  /** What its one argument is. */
  readonly question: string
  /** Stands above the passages when the books answer the question, or when they do not seem to. */
  readonly found: string
  readonly notFound: string
}

/** The book search's prompt files, plain texts all. A tool is created at once, so they are read at once. Fails with PROMPT_FILE_INVALID. */
export function loadToolPrompts(promptsDir: string): ToolPrompts {
  const load = (name: string) => loadText(join(promptsDir, 'book-search', name))
  return { description: load('description.md'), question: load('question.md'), found: load('found.md'), notFound: load('not-found.md') }
}

function loadText(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw new AppError('PROMPT_FILE_INVALID', { path, problem: 'it cannot be read' }, cause)
  }
}
