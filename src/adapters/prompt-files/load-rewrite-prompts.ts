import { join } from 'node:path'
import type { RewritePrompts } from '../../core/ports/rewrite-prompts.js'
import { loadTemplate } from './load-template.js'

/** The prompt files of a rewriting, by the rules of `loadPrompts`. Fails with PROMPT_FILE_INVALID. */
export async function loadRewritePrompts(promptsDir: string): Promise<RewritePrompts> {
  const [turn, rewrite] = await Promise.all([
    loadTemplate(join(promptsDir, 'rewrite', 'turn.md'), ['question', 'answer']),
    loadTemplate(join(promptsDir, 'rewrite', 'rewrite.md'), ['history', 'question']),
  ])
  return { renderTurn: (values) => turn({ ...values }), renderRewrite: (values) => rewrite({ ...values }) }
}
