import { readCurrentGeneration } from '../library/generations.js'
import type { CommandContext } from './command-context.js'

/** Before a question: when there is no index yet, builds one, saying so on standard error. */
export async function ingestFirst(context: CommandContext): Promise<void> {
  const { config, terminal } = context
  // A damaged pointer is an index that the question itself will refuse, with the remedy.
  if ((await readCurrentGeneration(config.indexDir).catch(() => 'damaged')) !== undefined) return
  terminal.note(`There is no index in ${config.indexDir} yet: ingesting ${config.corpusDir} first.`)
  const { describeReport, showIngest } = await import('./show-ingest.js')
  const report = await showIngest(context)
  report.notices.forEach(terminal.notice)
  terminal.note(`Ingested ${describeReport(report)}`)
}
