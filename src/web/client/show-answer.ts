import type { Answer, AnswerSentence, Citation, Notice } from '../../core/types/answer.js'
import { createElement, findPart } from './create-element.js'
import type { Problem } from './problem.js'
import { renderMarkdown } from './render-markdown.js'
import { renderWords } from './render-words.js'
import { renderSources } from './show-sources.js'

/** What is known of the answer so far. */
export interface AnswerState {
  readonly question: string
  readonly progress: string
  readonly markdown: string
  readonly citations: readonly Citation[]
  readonly notices: readonly Notice[]
  readonly answer?: Answer
  readonly problem?: Problem
  readonly isRunning: boolean
}

/** Puts the state into the page's answer part, whole each time: re-rendering costs less than keeping track. */
export function showAnswer(state: AnswerState): void {
  const article = findPart('answer', HTMLElement)
  article.hidden = false
  article.setAttribute('aria-busy', String(state.isRunning))
  findPart('answer-question', HTMLHeadingElement).textContent = state.question
  setText(findPart('progress', HTMLElement), state.progress)
  const sentences = state.answer?.sentences ?? []
  findPart('answer-text', HTMLElement).replaceChildren(renderMarkdown(state.markdown, { citations: state.citations, sentences }))
  showProblem(state.problem)
  showNotices(state.notices)
  setText(findPart('support', HTMLElement), summariseSupport(sentences))
  findPart('sources', HTMLElement).hidden = state.citations.length === 0
  findPart('source-list', HTMLOListElement).replaceChildren(...renderSources(state.citations))
  showFacts(state.answer)
}

/** Screen readers read a live region again whenever it is written, even with the same text. */
function setText(part: HTMLElement, text: string): void {
  if (part.textContent !== text) part.textContent = text
  part.hidden = text === ''
}

function showProblem(problem: Problem | undefined): void {
  const part = findPart('problem', HTMLElement)
  part.hidden = problem === undefined
  if (problem === undefined) return
  const id = problem.requestId === undefined ? [] : [createElement('small', {}, [`Request ${problem.requestId}`])]
  part.replaceChildren(
    createElement('strong', {}, renderWords(problem.message)),
    createElement('span', {}, renderWords(problem.remedy)),
    ...id,
  )
}

function showNotices(notices: readonly Notice[]): void {
  const part = findPart('notices', HTMLUListElement)
  part.hidden = notices.length === 0
  part.replaceChildren(...notices.map((notice) => createElement('li', {}, renderWords(notice.text))))
}

/** In words, because underlines alone say nothing to those who cannot see them. */
function summariseSupport(sentences: readonly AnswerSentence[]): string {
  const count = (support: AnswerSentence['support']): number => sentences.filter((one) => one.support === support).length
  const doubts = [
    [count('weak'), 'only in part (dotted line)'],
    [count('unsupported'), 'not at all (wavy line)'],
  ] as const
  const told = doubts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`)
  if (told.length === 0) return ''
  return `The books support ${count('supported')} of ${sentences.length} sentences; ${told.join(', ')}.`
}

/** The three lines of the original system's page. */
function showFacts(answer: Answer | undefined): void {
  const part = findPart('facts', HTMLElement)
  part.hidden = answer === undefined
  if (answer === undefined) return
  const line = (name: string, value: string): HTMLElement => createElement('p', {}, [createElement('b', {}, [name]), ` ${value}`])
  part.replaceChildren(
    line('AI Model:', answer.aiModel),
    line('Embedding Model:', answer.embeddingModel),
    line('RAG Citation (Knowledge Base):', ''),
    createElement(
      'ul',
      {},
      answer.knowledgeBase.map((name) => createElement('li', {}, [name])),
    ),
  )
}
