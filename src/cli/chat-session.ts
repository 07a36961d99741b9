import type { AskRequest, Pilotbook } from '../app/pilotbook.js'
import { AppError } from '../core/errors/app-error.js'
import type { ConversationSummary } from '../core/types/conversation.js'
import { streamAnswer } from './stream-answer.js'
import type { Terminal } from './terminal.js'
import { toPrintable } from './to-printable.js'

export const chatHelp =
  'Ask, and ask on. /new begins a new conversation, /list [WORDS] lists them, /open NUMBER goes on with one, /quit ends.'

const listed = 20

/** One person's conversation, and the way to others. */
export class ChatSession {
  readonly #pilotbook: Pilotbook
  readonly #request: Omit<AskRequest, 'question' | 'conversationId'>
  readonly #terminal: Terminal
  #current: { readonly id: string; isEmpty: boolean } | undefined
  #title: string | undefined
  #listed: readonly ConversationSummary[] = []

  constructor(pilotbook: Pilotbook, request: Omit<AskRequest, 'question' | 'conversationId'>, terminal: Terminal) {
    this.#pilotbook = pilotbook
    this.#request = request
    this.#terminal = withNoticesOnce(terminal)
  }

  /** Asks, or does what the command says; false when it is to quit. Rejects with what failed; the conversation goes on after it. */
  async take(line: string, signal: AbortSignal): Promise<boolean> {
    const text = line.trim()
    if (text === '') return true
    // A path may stand at the beginning of a question.
    const command = /^\/(?<name>[a-z]+)(?:\s+(?<rest>.*))?$/.exec(text)?.groups
    if (command === undefined) {
      await this.#ask(text, signal)
      return true
    }
    return this.#command(command.name ?? '', command.rest ?? '')
  }

  /** Leaves no conversation behind in which nothing was answered. */
  async end(): Promise<void> {
    if (this.#current?.isEmpty === true) await this.#pilotbook.conversations.delete(this.#current.id)
    this.#current = undefined
  }

  async #command(name: string, rest: string): Promise<boolean> {
    switch (name) {
      case 'quit':
      case 'exit':
        return false
      case 'new':
        await this.end()
        this.#title = rest === '' ? undefined : rest
        this.#terminal.note('A new conversation.')
        return true
      case 'list':
        await this.#list(rest)
        return true
      case 'open':
        await this.#open(rest.trim())
        return true
      case 'help':
        this.#terminal.note(chatHelp)
        return true
      default:
        throw new AppError('USAGE', { problem: `/${name} is no command. ${chatHelp}` })
    }
  }

  async #ask(question: string, signal: AbortSignal): Promise<void> {
    if (this.#current === undefined) {
      const { id } = await this.#pilotbook.conversations.create(this.#title)
      this.#current = { id, isEmpty: true }
    }
    const current = this.#current
    await streamAnswer(
      this.#pilotbook.ask({ question, ...this.#request, conversationId: current.id }, { signal }),
      question,
      this.#terminal,
    )
    current.isEmpty = false
  }

  async #list(search: string): Promise<void> {
    this.#listed = await this.#pilotbook.conversations.list({ search, limit: listed })
    if (this.#listed.length === 0) this.#terminal.note(search.trim() === '' ? 'There are no conversations yet.' : 'None holds these words.')
    for (const [at, { title, turnCount, updatedAt }] of this.#listed.entries()) {
      const turns = `${turnCount} ${turnCount === 1 ? 'question' : 'questions'}`
      this.#terminal.print(
        toPrintable(`${String(at + 1).padStart(3)}. ${title === '' ? '(empty)' : title} – ${turns}, ${toTime(updatedAt)}`),
      )
    }
  }

  async #open(wanted: string): Promise<void> {
    if (wanted === '') throw new AppError('USAGE', { problem: '/open takes a number of /list, or an id.' })
    // Numbers are those of the list that was shown; without one, of the list as it would be.
    if (this.#listed.length === 0) this.#listed = await this.#pilotbook.conversations.list({ limit: listed })
    const { id, title, turns } = await this.#pilotbook.conversations.get(this.#listed[Number(wanted) - 1]?.id ?? wanted)
    await this.end()
    this.#current = { id, isEmpty: false }
    this.#terminal.print(toPrintable([title, ...turns.map(({ question }) => `- ${question.replace(/\s+/g, ' ')}`)].join('\n')))
  }
}

function toTime(iso: string): string {
  const time = new Date(iso)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}`
}

/** What is missing stays missing for a whole chat: it is told with the first answer. */
function withNoticesOnce(terminal: Terminal): Terminal {
  const told = new Set<string>()
  const notice: Terminal['notice'] = (given) => {
    if (!told.has(given.text)) terminal.notice(given)
    told.add(given.text)
  }
  return { ...terminal, notice }
}
