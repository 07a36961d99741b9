import { findPart } from './create-element.js'
import { openPlace, parsePlace } from './reader.js'
import { runQuestion } from './run-question.js'
import { type AnswerState, showAnswer } from './show-answer.js'
import { showStatus } from './show-status.js'

const form = findPart('ask', HTMLFormElement)
const questionBox = findPart('question', HTMLTextAreaElement)
const stopButton = findPart('stop', HTMLButtonElement)
const reader = findPart('reader', HTMLDialogElement)

let running: AbortController | undefined
let pending: AnswerState | undefined

/** Many words may come between two frames: only the newest state is drawn. */
function showSoon(state: AnswerState): void {
  if (pending === undefined) requestAnimationFrame(showPending)
  pending = state
  // A page in the background draws no frames, but its answer must be there when it is looked at.
  if (!state.isRunning || document.hidden) showPending()
}

function showPending(): void {
  if (pending !== undefined) showAnswer(pending)
  pending = undefined
}

async function ask(question: string): Promise<void> {
  running?.abort()
  const mine = new AbortController()
  running = mine
  stopButton.hidden = false
  await runQuestion(question, mine.signal, (state) => {
    if (running === mine) showSoon(state)
  })
  if (running !== mine) return
  running = undefined
  stopButton.hidden = true
}

function openAddress(): void {
  const place = parsePlace(location)
  if (place === undefined) reader.close()
  else void openPlace(place)
}

/** Links to places open the reader in this page, so that the answer stays; links to sources go there and take the focus along. */
function followLink(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
  const target = new URL(link.href)
  if (target.origin === location.origin && parsePlace(target) !== undefined) {
    event.preventDefault()
    history.pushState(null, '', target)
    openAddress()
  } else if (link.classList.contains('chip')) {
    event.preventDefault()
    goToSource(target.hash.slice(1))
  }
}

function goToSource(id: string): void {
  for (const item of document.querySelectorAll('#source-list .chosen')) item.classList.remove('chosen')
  const item = document.getElementById(id)
  item?.classList.add('chosen')
  item?.scrollIntoView({ block: 'nearest' })
  item?.querySelector('a')?.focus({ preventScroll: true })
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  const question = questionBox.value.trim()
  if (question !== '') void ask(question)
})
questionBox.addEventListener('keydown', (event) => {
  // While an input method composes, Enter chooses a word.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  form.requestSubmit()
})
stopButton.addEventListener('click', () => {
  running?.abort()
  questionBox.focus()
})
document.addEventListener('click', followLink)
addEventListener('popstate', openAddress)
reader.addEventListener('close', () => {
  if (parsePlace(location) !== undefined) history.pushState(null, '', '/')
})
findPart('reader-close', HTMLButtonElement).addEventListener('click', () => reader.close())

// The text scrolls, so the keyboard must be able to reach it.
findPart('reader-text', HTMLElement).tabIndex = 0
questionBox.focus()
openAddress()
void showStatus()
