import type { Answer, Citation, InspectedPassage, Notice } from '../../core/types/answer.js'
import { loadProblem, type Problem, parseProblem, unreachable } from './problem.js'
import { readEvents, type SentEvent } from './read-events.js'

/** What the page learns about an answer, in order; `done`, `error` or the caller's own abort is the last. */
export type AskEvent =
  | { readonly kind: 'sources'; readonly passages: readonly InspectedPassage[] }
  | { readonly kind: 'delta'; readonly text: string }
  | { readonly kind: 'citation'; readonly citation: Citation }
  | { readonly kind: 'notice'; readonly notice: Notice }
  | { readonly kind: 'done'; readonly answer: Answer }
  | { readonly kind: 'error'; readonly problem: Problem }

const cut: Problem = {
  code: 'CUT',
  message: 'The connection ended before the answer was complete.',
  remedy: 'Ask again.',
}

/** Asks the service and yields the answer's events as they come. Ends early, without an event, when the signal fires. */
export async function* askQuestion(question: string, signal: AbortSignal): AsyncGenerator<AskEvent> {
  try {
    const reply = await fetch('/api/ask', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ question }),
      signal,
    })
    if (!reply.ok || reply.body === null) {
      yield { kind: 'error', problem: await loadProblem(reply) }
      return
    }
    for await (const sent of readEvents(reply.body)) {
      const event = parseAskEvent(sent)
      if (event === undefined) continue
      yield event
      if (event.kind === 'done' || event.kind === 'error') return
    }
    yield { kind: 'error', problem: cut }
  } catch (thrown) {
    if (signal.aborted) return
    // fetch says no more than "failed", whatever the reason.
    if (!(thrown instanceof TypeError)) throw thrown
    yield { kind: 'error', problem: unreachable }
  }
}

/** Events of a later version that this page does not know are passed over. */
export function parseAskEvent({ name, data }: SentEvent): AskEvent | undefined {
  switch (name) {
    case 'sources':
      return { kind: 'sources', ...(JSON.parse(data) as { passages: readonly InspectedPassage[] }) }
    case 'delta':
      return { kind: 'delta', ...(JSON.parse(data) as { text: string }) }
    case 'citation':
      return { kind: 'citation', citation: JSON.parse(data) as Citation }
    case 'notice':
      return { kind: 'notice', notice: JSON.parse(data) as Notice }
    case 'done':
      return { kind: 'done', answer: JSON.parse(data) as Answer }
    case 'error':
      return { kind: 'error', problem: parseProblem(data) }
    default:
      return undefined
  }
}
