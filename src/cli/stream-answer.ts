import type { Answer, AnswerEvent } from '../core/types/answer.js'
import { formatAnswer, formatSources, formatTitle } from './format-answer.js'
import type { Terminal } from './terminal.js'
import { toPrintable } from './to-printable.js'

/** What the reader has seen so far. */
interface Shown {
  text: string
  /** The question as it was asked of the books. */
  standaloneQuestion: string
  /** Their texts: several may have one code. */
  readonly notices: Set<string>
}

/**
 * Shows an answer while it is written. When the check of the citations changed the text, the checked one is shown once more.
 * Resolves to the answer; rejects with what the events reject with.
 */
export async function streamAnswer(events: AsyncIterable<AnswerEvent>, question: string, terminal: Terminal): Promise<Answer> {
  const shown: Shown = { text: '', standaloneQuestion: question, notices: new Set() }
  try {
    terminal.progress('Searching …')
    for await (const event of events) {
      if (event.kind === 'done') return finish(event.answer, shown, terminal)
      show(event, { question, shown, terminal })
    }
    throw new RangeError('the answer ended without its last event')
  } catch (error) {
    // What went wrong is told on a line of its own, below the words that had come.
    if (shown.text !== '') terminal.print('')
    throw error
  }
}

interface View {
  readonly question: string
  readonly shown: Shown
  readonly terminal: Terminal
}

function show(event: AnswerEvent, { question, shown, terminal }: View): void {
  switch (event.kind) {
    case 'sources':
      shown.standaloneQuestion = event.standaloneQuestion ?? question
      terminal.progress('Reading …')
      return
    case 'notice':
      // Behind words that do not end their line yet it would read on from them: it is told below the answer.
      if (shown.text !== '') return
      terminal.notice(event.notice)
      shown.notices.add(event.notice.text)
      terminal.progress('Reading …')
      return
    case 'citation':
    case 'done':
      return
    case 'delta':
      if (shown.text === '') {
        terminal.clearProgress()
        terminal.print(`${formatTitle({ question, standaloneQuestion: shown.standaloneQuestion }, terminal.paint)}\n`)
      }
      shown.text += event.text
      terminal.write(toPrintable(event.text))
      return
  }
}

function finish(answered: Answer, { text, notices }: Shown, terminal: Terminal): Answer {
  terminal.clearProgress()
  if (text === '') terminal.print(formatAnswer(answered, terminal.paint))
  else if (answered.markdown === text) terminal.print(`\n\n${formatSources(answered, terminal.paint)}`)
  else terminal.print(`\n\n${terminal.paint.dim(toReason(answered))}\n\n${formatAnswer(answered, terminal.paint)}`)
  // What is known only at the end: an answer that was cut, a command that Docker does not know.
  answered.notices.filter(({ text: told }) => !notices.has(told)).forEach(terminal.notice)
  return answered
}

function toReason({ kind }: Answer): string {
  return kind === 'answered' ? 'With its citations checked:' : 'The check found nothing of this in the books:'
}
