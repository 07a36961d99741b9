import type { Answer, Citation } from '../../core/types/answer.js'
import { toPlaceLines, toPlacePath } from '../../core/types/place-path.js'

/** Below the answer, in the words of the original system's page. */
export interface AnswerFacts {
  readonly lines: readonly string[]
  readonly knowledgeBaseTitle: string
  readonly knowledgeBase: readonly string[]
}

export function toAnswerFacts({ aiModel, embeddingModel, knowledgeBase }: Answer): AnswerFacts {
  return {
    lines: [`AI Model: ${aiModel}`, `Embedding Model: ${embeddingModel}`],
    knowledgeBaseTitle: 'RAG Citation (Knowledge Base):',
    knowledgeBase,
  }
}

/** `The Book (2020) › Chapter › Section, lines 12–31`. */
export function toFootnotePlace({ book, headingPath, ...lines }: Citation): string {
  const [title = '', ...path] = toPlacePath(book.title, headingPath).split(' › ')
  const year = book.year === undefined ? '' : ` (${book.year})`
  return `${[`${title}${year}`, ...path].join(' › ')}, ${toPlaceLines(lines)}`
}

/** Sentences of the answer that no passage supports: a reader of the file must be told which. */
export function listUnsupported({ markdown, sentences }: Answer): readonly string[] {
  return sentences.filter(({ support }) => support === 'unsupported').map(({ start, end }) => markdown.slice(start, end))
}
