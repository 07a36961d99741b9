import * as v from 'valibot'
import { AppError } from '../../core/errors/app-error.js'
import type { Answer } from '../../core/types/answer.js'
import type { Turn } from '../../core/types/conversation.js'

/** What everyone who shows an answer relies on; the rest is as the version that wrote it left it. */
const answerSchema = v.looseObject({
  id: v.string(),
  kind: v.picklist(['answered', 'no-evidence']),
  question: v.string(),
  standaloneQuestion: v.string(),
  markdown: v.string(),
  sentences: v.array(v.looseObject({ start: v.number(), end: v.number(), citations: v.array(v.number()) })),
  citations: v.array(v.looseObject({ n: v.number(), file: v.string(), quote: v.string(), headingPath: v.array(v.string()) })),
  notices: v.array(v.looseObject({ code: v.string(), text: v.string() })),
  knowledgeBase: v.array(v.string()),
})

interface TurnRow {
  readonly position: number
  readonly asked_at: string
  readonly question: string
  readonly standalone_question: string
  readonly answer: string
}

/** A turn as it was stored. Fails with CONVERSATIONS_UNUSABLE when its answer is none, which only a hand from outside can bring about. */
export function parseTurn(row: TurnRow, path: string): Turn {
  return {
    position: row.position,
    askedAt: row.asked_at,
    question: row.question,
    standaloneQuestion: row.standalone_question,
    answer: parseAnswer(row.answer, path),
  }
}

function parseAnswer(text: string, path: string): Answer {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), answerSchema), text)
  if (!parsed.success) throw new AppError('CONVERSATIONS_UNUSABLE', { path, problem: 'one of its answers is no answer.' })
  return parsed.output as unknown as Answer
}
