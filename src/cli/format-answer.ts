import type { Answer, Citation } from '../core/types/answer.js'
import { toPlaceLines, toPlacePath } from '../core/types/place-path.js'
import { showInlineTags } from './show-inline-tags.js'
import type { Terminal } from './terminal.js'
import { toPrintable } from './to-printable.js'

/** The answer in the shape of the original system's page: question as title, answer, sources, then what made it. */
export function formatAnswer(answered: Answer, paint: Terminal['paint']): string {
  return [formatTitle(answered, paint), toPrintable(showInlineTags(answered.markdown)), formatSources(answered, paint)].join('\n\n')
}

/** The question; and, below it, how it was asked of the books, where it leaned on what was said before. */
export function formatTitle(
  { question, standaloneQuestion }: Pick<Answer, 'question' | 'standaloneQuestion'>,
  paint: Terminal['paint'],
): string {
  const title = paint.bold(`# ${toPrintable(question)}`)
  return standaloneQuestion === question ? title : `${title}\n${paint.dim(`Asked as: ${toPrintable(standaloneQuestion)}`)}`
}

/** Everything below the answer's text. */
export function formatSources(answered: Answer, paint: Terminal['paint']): string {
  const sources = answered.citations.map((citation) => `${paint.cyan(`[${citation.n}]`)} ${formatPlace(citation)}`)
  const made = [
    `AI Model: ${answered.aiModel}`,
    `Embedding Model: ${answered.embeddingModel}`,
    'RAG Citation (Knowledge Base):',
    ...answered.knowledgeBase.map((name) => `- ${toPrintable(name)}`),
  ]
  return [...(sources.length === 0 ? [] : [sources.join('\n')]), made.join('\n')].join('\n\n')
}

/** `Book › Chapter › Section, lines 12–31`, or the page where the book has pages. */
export function formatPlace({ book, headingPath, ...lines }: Citation): string {
  return `${toPrintable(toPlacePath(book.title, headingPath))}, ${toPlaceLines(lines)}`
}
