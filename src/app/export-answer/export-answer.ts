import { AppError } from '../../core/errors/app-error.js'
import type { Answer } from '../../core/types/answer.js'
import { toMarkdown } from './to-markdown.js'

export const exportFormats = ['markdown', 'html', 'json'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Content types for a program that hands the file on. */
export const exportTypes: Readonly<Record<ExportFormat, string>> = {
  markdown: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
}

/**
 * The answer as a file to keep: title, answer, what made it, and footnotes that name book, section and lines with the words quoted.
 * `html` is one page without scripts and without anything to fetch, `json` the Answer itself. Ends with a line end. What books and
 * models wrote stays text in all three.
 */
export async function exportAnswer(answer: Answer, format: ExportFormat): Promise<string> {
  switch (format) {
    case 'markdown':
      return toMarkdown(answer)
    case 'html': {
      // The parser takes 20 ms to load, which no other format needs.
      const { toHtml } = await import('./to-html.js')
      return toHtml(answer)
    }
    case 'json':
      return `${JSON.stringify(answer, undefined, 2)}\n`
  }
}

/** Fails with USAGE, naming the formats there are. */
export function parseExportFormat(name: string): ExportFormat {
  const format = exportFormats.find((known) => known === name)
  if (format !== undefined) return format
  throw new AppError('USAGE', { problem: `--format is "${name}"; it takes ${exportFormats.join(', ')}.` })
}
