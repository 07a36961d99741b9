import type { CommandContext } from '../command-context.js'
import { describeReport, showIngest } from '../show-ingest.js'

/** Builds the index of the corpus folder. Prints a report, as one JSON object with `--json`. */
export async function ingestCommand(flags: { readonly json?: boolean }, context: CommandContext): Promise<number> {
  const { terminal } = context
  const report = await showIngest(context)
  report.notices.forEach(terminal.notice)
  terminal.print(flags.json === true ? JSON.stringify(report) : describeReport(report))
  return 0
}
