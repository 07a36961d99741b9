import { createPilotbook } from '../../app/create-pilotbook.js'
import type { Answer } from '../../core/types/answer.js'
import { type CommandContext, type QuestionFlags, toRequestFlags } from '../command-context.js'
import { formatAnswer } from '../format-answer.js'
import { ingestFirst } from '../ingest-first.js'
import { answerLines } from '../read-questions.js'
import { streamAnswer } from '../stream-answer.js'

export interface AskFlags extends QuestionFlags {
  readonly stream?: boolean
}

export const notInTheBooks = 10

/** Answers the question, or every line of standard input when it is `-`. Returns the exit code: 0 answered, 10 not in the books. */
export async function askCommand(question: string, flags: AskFlags, context: CommandContext): Promise<number> {
  const { terminal, signal } = context
  const request = toRequestFlags(flags)
  await ingestFirst(context)
  const pilotbook = createPilotbook(context.config, { mode: 'command' })
  try {
    if (question === '-')
      return await answerLines((line) => pilotbook.answer({ question: line, ...request }, { signal }), { terminal, signal })
    const streams = terminal.isInteractive && flags.json !== true && flags.stream !== false
    const answered = streams
      ? await streamAnswer(pilotbook.ask({ question, ...request }, { signal }), question, terminal)
      : await pilotbook.answer({ question, ...request }, { signal })
    if (flags.json === true) terminal.print(JSON.stringify(answered))
    else if (!streams) printAnswer(answered, context)
    return answered.kind === 'answered' ? 0 : notInTheBooks
  } finally {
    await pilotbook.close()
  }
}

function printAnswer(answered: Answer, { terminal }: CommandContext): void {
  answered.notices.forEach(terminal.notice)
  terminal.print(formatAnswer(answered, terminal.paint))
}
