import type { Answer, InspectedPassage, Notice } from '../core/types/answer.js'
import { toFilePlace } from '../core/types/file-place.js'
import type { Question } from '../core/types/question.js'
import type { RankedPassage, Retrieval } from '../core/types/retrieval.js'
import type { AnswerParts } from './answer.js'
import type { CitedText } from './cite-sources/cite-sources.js'
import type { Clock } from './clock.js'
import { refuse } from './refuse.js'
import { isAsked } from './retrieve-passages/retrieve-passages.js'

/** One question on its way through the pipeline. */
export interface Run {
  readonly question: Question
  readonly parts: AnswerParts
  readonly found: Retrieval
  readonly clock: Clock
}

export interface Outcome {
  readonly kind: Answer['kind']
  readonly cited: CitedText
  readonly usage: Answer['usage']
  /** Passages that the generator was shown. */
  readonly shown: ReadonlySet<RankedPassage>
  readonly notices: readonly Notice[]
}

export const noUsage: Answer['usage'] = { promptTokens: 0, answerTokens: 0 }

/** The books do not hold it: the nearest sections, and what the attempt has cost. */
export function toRefusal(run: Run, { usage = noUsage, notices = [] }: Partial<Pick<Outcome, 'usage' | 'notices'>> = {}): Answer {
  const cited = { markdown: refuse(run.found.passages), sentences: [], citations: [] }
  return toAnswer(run, { kind: 'no-evidence', cited, usage, shown: new Set(), notices })
}

export function toAnswer({ question, parts, found, clock }: Run, { kind, cited, usage, shown, notices }: Outcome): Answer {
  return {
    id: parts.newId(),
    kind,
    question: question.asked ?? question.text,
    standaloneQuestion: question.text,
    ...cited,
    notices: [...parts.notices, ...notices],
    aiModel: parts.generator.aiModel,
    embeddingModel: parts.embeddingModel,
    knowledgeBase: parts.library.books.filter((book) => isAsked(book, question)).map((book) => book.name),
    retrieval: { confidence: found.confidence, passages: found.passages.map((ranked) => inspect(ranked, shown.has(ranked))) },
    usage,
    timings: clock.read(),
  }
}

/** A passage as the retrieval inspector shows it; `kept` when the generator is shown it. */
export function inspect({ rank, passage, book, scores, alsoAt }: RankedPassage, kept: boolean): InspectedPassage {
  const { id, file, headingPath, startLine, endLine, startOffset, endOffset, page } = passage
  const place = { file, headingPath, startLine, endLine, startOffset, endOffset, ...(page === undefined ? {} : { page }) }
  const folded = alsoAt.length === 0 ? '' : `; the same text also at ${alsoAt.map(toFilePlace).join(', ')}`
  const reason = kept ? `shown to the generator${folded}` : `not shown to the generator${folded}`
  return { id, rank, book, ...place, scores, kept, reason }
}
