import { join } from 'node:path'
import { DynamicStructuredTool, type ToolRunnableConfig } from '@langchain/core/tools'
import { loadPrompts } from '../adapters/prompt-files/load-prompts.js'
import { loadToolPrompts, type ToolPrompts } from '../adapters/prompt-files/load-tool-prompts.js'
import { breakControlTokens } from '../answer/build-prompt/break-control-tokens.js'
import { disableTracing } from '../app/config/disable-tracing.js'
import { packageRoot } from '../app/config/load-config.js'
import type { AskRequest, Pilotbook, SearchHit, SearchResult } from '../app/pilotbook.js'
import type { AnswerPrompts } from '../core/ports/answer-prompts.js'
import { toPlacePath } from '../core/types/place-path.js'
import { cleanText } from '../ingest/split-passages/clean-text.js'

export const bookSearchToolName = 'search_docker_books'

/**
 * A LangChain tool that searches the library. The model passes `{ question }` and reads numbered passages, each with its place; the
 * program finds the same as a `SearchResult` in the tool message's `artifact`: the model's `[1]` is its first passage. Fails with
 * PROMPT_FILE_INVALID; a call rejects as `search` does, which an agent tells its model only: where the index may be missing, call
 * `pilotbook.books()` first. Creating one turns automatic tracing off.
 */
export function createBookSearchTool(
  pilotbook: Pick<Pilotbook, 'search'>,
  choices: Omit<AskRequest, 'question' | 'model'> = {},
): DynamicStructuredTool {
  disableTracing()
  const promptsDir = join(packageRoot, 'prompts')
  const words = loadToolPrompts(promptsDir)
  const find = async (question: string, signal: AbortSignal | undefined): Promise<[string, SearchResult]> => {
    signal?.throwIfAborted()
    const result = await pilotbook.search({ ...choices, question }, signal === undefined ? {} : { signal })
    return [await renderResult(result, words, await loadPrompts(promptsDir)), result]
  }
  return new DynamicStructuredTool({
    name: bookSearchToolName,
    description: words.description,
    responseFormat: 'content_and_artifact',
    schema: {
      type: 'object',
      properties: { question: { type: 'string', minLength: 1, description: words.question } },
      required: ['question'],
      additionalProperties: false,
    },
    func: ({ question }: { question: string }, _run: unknown, config?: ToolRunnableConfig) => find(question, config?.signal),
  })
}

async function renderResult({ answerable, passages }: SearchResult, words: ToolPrompts, prompts: AnswerPrompts): Promise<string> {
  const rendered = passages.map((hit, position) =>
    prompts.renderPassage({
      number: String(position + 1),
      place: breakControlTokens(formatPlace(hit)),
      text: breakControlTokens(cleanText(hit.text)),
    }),
  )
  return [answerable ? words.found : words.notFound, ...(await Promise.all(rendered))].join('\n\n')
}

function formatPlace({ book, headingPath, file, startLine, endLine, page }: SearchHit): string {
  const lines = startLine === endLine ? `line ${startLine}` : `lines ${startLine}–${endLine}`
  return `${toPlacePath(book.title, headingPath)}, ${page === undefined ? lines : `page ${page}`} (${file})`
}
