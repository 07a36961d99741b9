import type { PartStatus } from '../app/pilotbook.js'
import type { Terminal } from './terminal.js'

/** One part's state on a line, with the remedy below it. */
export function formatStatus({ part, state, text, remedy }: PartStatus, paint: Terminal['paint']): string {
  const mark = { ok: paint.green('ok'), degraded: paint.yellow('lesser'), failed: paint.red('failed') }[state]
  const line = `${part.padEnd(12)} ${mark}: ${text}`
  return remedy === undefined ? line : `${line}\n${' '.repeat(13)}→ ${remedy}`
}
