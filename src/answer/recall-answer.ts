import type { Answer, AnswerEvent } from '../core/types/answer.js'
import type { Question } from '../core/types/question.js'
import type { AnswerParts } from './answer.js'
import type { Clock } from './clock.js'

/** An answer that was given before, without what belongs to the moment: the notices about parts and books that stood at its head. */
export interface RememberedAnswer {
  /** What was streamed before `done`, in order. */
  readonly events: readonly AnswerEvent[]
  readonly answer: Answer
}

/** Answers given before, by questions that stand alone. */
export interface AnswerMemory {
  recall(question: Question): RememberedAnswer | undefined
  keep(question: Question, remembered: RememberedAnswer): void
}

export interface Recalling {
  readonly question: Question
  readonly parts: Pick<AnswerParts, 'memory' | 'notices' | 'newId'>
  readonly clock: Clock
}

/** Answers that say of themselves that they are not whole, or that the generator failed. */
const passing: ReadonlySet<string> = new Set(['ANSWER_INCOMPLETE', 'ANSWER_UNSUPPORTED'])

/**
 * The events of an answer: those of the memory when it holds one, marked as cached and with today's notices, else those that `write`
 * makes, which are then kept. What fails, is left early or is not complete is never kept.
 */
export async function* recallAnswer(
  { question, parts, clock }: Recalling,
  write: () => AsyncIterable<AnswerEvent>,
): AsyncGenerator<AnswerEvent> {
  const remembered = question.fresh === true ? undefined : parts.memory?.recall(question)
  if (remembered !== undefined) yield* replay(remembered, { question, parts, clock })
  else if (parts.memory === undefined) yield* write()
  else yield* record(write(), { question, parts, memory: parts.memory })
}

function* replay({ events, answer }: RememberedAnswer, { question, parts, clock }: Recalling): Generator<AnswerEvent> {
  const [sources, ...rest] = events
  if (sources?.kind === 'sources') {
    // Another follow-up may have led to the same question.
    const { passages, confidence } = sources
    const standalone = question.asked === undefined ? {} : { standaloneQuestion: question.text }
    yield { kind: 'sources', ...standalone, passages, confidence }
  }
  for (const notice of parts.notices) yield { kind: 'notice', notice }
  yield* rest
  const asked = { question: question.asked ?? question.text, standaloneQuestion: question.text }
  const notices = [...parts.notices, ...answer.notices]
  yield { kind: 'done', answer: { ...answer, ...asked, id: parts.newId(), cached: true, notices, timings: clock.read() } }
}

interface Recording {
  readonly question: Question
  readonly parts: Pick<AnswerParts, 'notices'>
  readonly memory: AnswerMemory
}

async function* record(events: AsyncIterable<AnswerEvent>, { question, parts, memory }: Recording): AsyncGenerator<AnswerEvent> {
  const streamed: AnswerEvent[] = []
  for await (const event of events) {
    if (event.kind === 'done') keepWhole(event.answer)
    else if (event.kind !== 'notice' || !parts.notices.includes(event.notice)) streamed.push(event)
    yield event
  }

  function keepWhole(answer: Answer): void {
    const notices = answer.notices.filter((notice) => !parts.notices.includes(notice))
    if (!notices.some(({ code }) => passing.has(code))) memory.keep(question, { events: streamed, answer: { ...answer, notices } })
  }
}
