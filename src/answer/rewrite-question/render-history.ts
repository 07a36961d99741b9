import type { RewritePrompts } from '../../core/ports/rewrite-prompts.js'
import type { PastTurn } from './past-turn.js'

export interface HistoryRoom {
  readonly prompts: Pick<RewritePrompts, 'renderTurn'>
  /** For all turns together. */
  readonly characters: number
}

/** Of an answer its beginning says what it was about. */
const excerptCharacters = 300
const questionCharacters = 400

/** The last turns as the model is shown them, oldest first, as many as fit; what does not fit is left out from the oldest on. */
export async function renderHistory(turns: readonly PastTurn[], { prompts, characters }: HistoryRoom): Promise<string> {
  const shown: string[] = []
  let room = characters
  for (const { standaloneQuestion, answer } of turns.toReversed()) {
    const text = await prompts.renderTurn({
      question: cutBetweenWords(standaloneQuestion, questionCharacters),
      answer: cutBetweenWords(toPlainText(answer.markdown), excerptCharacters),
    })
    room -= text.length
    if (room < 0) break
    shown.unshift(text)
  }
  return shown.join('\n\n')
}

/** Prose alone: code and citation marks tell nothing about what "it" may be. */
function toPlainText(markdown: string): string {
  return markdown
    .replace(/^(```|~~~)[\s\S]*?^\1.*$/gm, ' ')
    .replace(/\[\d+\]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function cutBetweenWords(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest).replace(/\s+\S*$/, '')} …`
}
