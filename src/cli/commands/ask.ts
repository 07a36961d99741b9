import { createPilotbook } from '../../app/create-pilotbook.js'
import { type ExportFormat, exportAnswer, parseExportFormat } from '../../app/export-answer/export-answer.js'
import { AppError } from '../../core/errors/app-error.js'
import type { Answer } from '../../core/types/answer.js'
import { type CommandContext, type QuestionFlags, toRequestFlags } from '../command-context.js'
import { formatAnswer } from '../format-answer.js'
import { ingestFirst } from '../ingest-first.js'
import { answerLines } from '../read-questions.js'
import { streamAnswer } from '../stream-answer.js'
import { toPrintable } from '../to-printable.js'

export interface AskFlags extends QuestionFlags {
  readonly stream?: boolean
  readonly format?: string
}

export const notInTheBooks = 10

/** Answers the question, or every line of standard input when it is `-`. Returns the exit code: 0 answered, 10 not in the books. */
export async function askCommand(question: string, flags: AskFlags, context: CommandContext): Promise<number> {
  const { terminal, signal } = context
  const request = toRequestFlags(flags)
  const format = toFormat(question, flags)
  await ingestFirst(context)
  const pilotbook = createPilotbook(context.config, { mode: 'command' })
  try {
    if (question === '-')
      return await answerLines((line) => pilotbook.answer({ question: line, ...request }, { signal }), { terminal, signal })
    const streams = terminal.isInteractive && flags.json !== true && flags.stream !== false && format === undefined
    const answered = streams
      ? await streamAnswer(pilotbook.ask({ question, ...request }, { signal }), question, terminal)
      : await pilotbook.answer({ question, ...request }, { signal })
    if (flags.json === true) terminal.print(JSON.stringify(answered))
    else if (format !== undefined) await printExport(answered, format, context)
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

// A file for every line of standard input would be none: there it is `--json`, one object a line.
function toFormat(question: string, { format, json }: AskFlags): ExportFormat | undefined {
  if (format === undefined) return undefined
  if (json === true || question === '-') {
    throw new AppError('USAGE', { problem: `--format does not go with ${json === true ? '--json' : 'questions from standard input'}.` })
  }
  return parseExportFormat(format)
}

async function printExport(answered: Answer, format: ExportFormat, { terminal }: CommandContext): Promise<void> {
  answered.notices.forEach(terminal.notice)
  terminal.print(toPrintable(await exportAnswer(answered, format)).trimEnd())
}
