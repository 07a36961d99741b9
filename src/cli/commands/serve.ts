import { createPilotbook } from '../../app/create-pilotbook.js'
import { createLogger } from '../../app/logger.js'
import { needsIngest } from '../../app/needs-ingest.js'
import type { Pilotbook } from '../../app/pilotbook.js'
import { createApp } from '../../http/create-app.js'
import { listen } from '../../http/listen.js'
import type { CommandContext } from '../command-context.js'
import { formatStatus } from '../format-status.js'
import { ingestFirst } from '../ingest-first.js'
import { describeReport, showIngest } from '../show-ingest.js'

export interface ServeFlags {
  /** Ingest before serving when the corpus or the embedder changed. */
  readonly ingest?: boolean
}

/** Serves the page and the API until Ctrl-C or SIGTERM. Returns 0; rejects when the index or the port cannot be used. */
export async function serveCommand(flags: ServeFlags, context: CommandContext): Promise<number> {
  const { config, terminal, signal } = context
  if (flags.ingest === true) await bringUpToDate(context)
  else await ingestFirst(context)
  const pilotbook = createPilotbook(config, { mode: 'service' })
  try {
    // An index that does not fit is refused here, not with every question.
    await pilotbook.books()
    const app = createApp({
      pilotbook,
      logger: createLogger({ level: config.logLevel }),
      pageDir: config.pageDir,
      allowedHosts: [config.host, ...config.allowedHosts],
    })
    const listening = await listen({ app, host: config.host, port: config.port })
    try {
      terminal.print(await describeService(pilotbook, listening.url, context))
      await untilAborted(signal)
    } finally {
      await listening.close()
    }
    return 0
  } finally {
    await pilotbook.close()
  }
}

async function bringUpToDate(context: CommandContext): Promise<void> {
  const { terminal } = context
  const why = await needsIngest(context.config)
  if (why === undefined) return
  terminal.note(`${why} Ingesting ${context.config.corpusDir}.`)
  const report = await showIngest(context)
  report.notices.forEach(terminal.notice)
  terminal.note(`Ingested ${describeReport(report)}`)
}

async function describeService(pilotbook: Pilotbook, url: string, { terminal, signal }: CommandContext): Promise<string> {
  const parts = await pilotbook.status({ signal })
  const lines = parts.map((part) => `  ${formatStatus(part, terminal.paint).replaceAll('\n', '\n  ')}`)
  return [`Pilotbook is ready at ${terminal.paint.bold(url)}`, ...lines, '  Press Ctrl-C to stop.'].join('\n')
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
