import { createPilotbook } from '../../app/create-pilotbook.js'
import type { BookSummary } from '../../app/pilotbook.js'
import type { CommandContext } from '../command-context.js'
import { ingestFirst } from '../ingest-first.js'
import { toPrintable } from '../to-printable.js'

/** Lists the books of the index. */
export async function booksCommand(flags: { readonly json?: boolean }, context: CommandContext): Promise<number> {
  await ingestFirst(context)
  const pilotbook = createPilotbook(context.config, { mode: 'command' })
  try {
    const books = await pilotbook.books()
    context.terminal.print(flags.json === true ? JSON.stringify(books) : books.map(formatBook).join('\n\n'))
    return 0
  } finally {
    await pilotbook.close()
  }
}

function formatBook({ id, title, authors, edition, year, name, sections, passages }: BookSummary): string {
  const by = [authors.join(', '), edition, year].filter((part) => part !== undefined && part !== '').join(', ')
  const lines = [`${title}${by === '' ? '' : ` (${by})`}`, `   --book ${id}`, `   ${name}: ${sections} sections, ${passages} passages`]
  return toPrintable(lines.join('\n'))
}
