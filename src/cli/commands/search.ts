import { createPilotbook } from '../../app/create-pilotbook.js'
import type { AskRequest, Pilotbook, SearchHit, SearchResult } from '../../app/pilotbook.js'
import { toFilePlace } from '../../core/types/file-place.js'
import { toPlacePath } from '../../core/types/place-path.js'
import { type CommandContext, type QuestionFlags, toRequestFlags } from '../command-context.js'
import { formatExplanation } from '../format-explanation.js'
import { ingestFirst } from '../ingest-first.js'
import { answerLines } from '../read-questions.js'
import type { Terminal } from '../terminal.js'
import { toPrintable } from '../to-printable.js'

const shownCharacters = 240

/** Prints the best passages for the question, or for every line of standard input when it is `-`. Returns the exit code. */
export async function searchCommand(question: string, flags: QuestionFlags, context: CommandContext): Promise<number> {
  const { terminal, signal } = context
  const request = toRequestFlags(flags)
  await ingestFirst(context)
  const pilotbook = createPilotbook(context.config, { mode: 'command' })
  try {
    if (question === '-') return await searchLines(pilotbook, request, context)
    const found = await pilotbook.search({ question, ...request }, { signal })
    found.notices.forEach(terminal.notice)
    terminal.print(flags.json === true ? JSON.stringify(toPrinted(found)) : formatResult(found, request, terminal))
    return 0
  } finally {
    await pilotbook.close()
  }
}

function searchLines(pilotbook: Pilotbook, request: Omit<AskRequest, 'question'>, { terminal, signal }: CommandContext): Promise<number> {
  const told = new Set<string>()
  const searchOne = async (question: string) => {
    const found = await pilotbook.search({ question, ...request }, { signal })
    // Each once: they are the same for every line.
    for (const notice of found.notices.filter(({ text }) => !told.has(text))) {
      told.add(notice.text)
      terminal.notice(notice)
    }
    return toPrinted(found)
  }
  return answerLines(searchOne, { terminal, signal })
}

// The notices go to standard error, as with every command.
function toPrinted({ question, confidence, answerable, passages, explanation }: SearchResult) {
  return { question, confidence, answerable, passages, ...(explanation === undefined ? {} : { explanation }) }
}

function formatResult(found: SearchResult, request: Omit<AskRequest, 'question'>, terminal: Terminal): string {
  const { answerable, confidence, passages, explanation } = found
  const { paint, columns } = terminal
  const verdict = answerable ? 'The books seem to answer this' : 'The books do not seem to answer this'
  return [
    ...passages.map((hit) => (request.eachBook === true ? formatBookHit(hit, paint) : formatHit(hit, paint))),
    paint.dim(`${verdict} (confidence ${confidence.toFixed(2)}).`),
    ...(explanation === undefined ? [] : [formatExplanation(explanation, { paint, columns, request })]),
  ].join('\n\n')
}

function formatHit(hit: SearchHit, paint: Terminal['paint']): string {
  return `${paint.bold(toPrintable(`${hit.rank}. ${toPlacePath(hit.book.title, hit.headingPath)}`))}\n${formatExcerpt(hit, paint)}`
}

/** Each book stands for itself: its title is the heading. */
function formatBookHit(hit: SearchHit, paint: Terminal['paint']): string {
  const { book, headingPath } = hit
  const path = headingPath[0] === book.title && headingPath.length > 1 ? headingPath.slice(1) : headingPath
  const section = path.length === 0 ? '' : `   ${path.join(' › ')}\n`
  return `${paint.bold(toPrintable(book.title))}\n${toPrintable(section)}${formatExcerpt(hit, paint)}`
}

function formatExcerpt({ file, page, startLine, endLine, text, alsoAt = [] }: SearchHit, paint: Terminal['paint']): string {
  const place = page === undefined ? `lines ${startLine}–${endLine}` : `page ${page}`
  const shown = toPrintable(text).replace(/\s+/g, ' ').trim()
  const excerpt = shown.length > shownCharacters ? `${shown.slice(0, shownCharacters)} …` : shown
  const folded = alsoAt.length === 0 ? [] : [paint.dim(toPrintable(`   nearly the same at ${alsoAt.map(toFilePlace).join('; ')}`))]
  return [`   ${paint.dim(toPrintable(`${file}, ${place}`))}`, ...folded, `   ${excerpt}`].join('\n')
}
