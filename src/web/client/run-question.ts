import { type AskEvent, askQuestion } from './ask-question.js'
import type { AnswerState } from './show-answer.js'

/** Asks, and hands every state of the answer to `show`, the last one when it is complete, has failed or was stopped. */
export async function runQuestion(question: string, signal: AbortSignal, show: (state: AnswerState) => void): Promise<void> {
  let state: AnswerState = {
    question,
    progress: 'Searching the books …',
    markdown: '',
    citations: [],
    notices: [],
    isRunning: true,
  }
  show(state)
  for await (const event of askQuestion(question, signal)) {
    state = advance(state, event)
    show(state)
  }
  if (state.isRunning) show({ ...state, isRunning: false, progress: 'Stopped.' })
}

function advance(state: AnswerState, event: AskEvent): AnswerState {
  switch (event.kind) {
    case 'sources':
      return { ...state, progress: `Reading ${event.passages.length} ${event.passages.length === 1 ? 'passage' : 'passages'} …` }
    case 'delta':
      return { ...state, markdown: state.markdown + event.text, progress: 'Answering …' }
    case 'citation':
      return { ...state, citations: [...state.citations.filter(({ n }) => n !== event.citation.n), event.citation] }
    case 'notice':
      return { ...state, notices: [...state.notices, event.notice] }
    case 'error':
      return { ...state, problem: event.problem, progress: '', isRunning: false }
    case 'done': {
      const { answer } = event
      const progress = answer.kind === 'answered' ? `Answered in ${toDuration(answer.timings.totalMs)}.` : 'The books do not answer this.'
      const { markdown, citations, notices } = answer
      return { ...state, answer, markdown, citations, notices, progress, isRunning: false }
    }
  }
}

function toDuration(ms: number): string {
  return ms < 950 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`
}
