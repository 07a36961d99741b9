import { createPilotbook } from '../../app/create-pilotbook.js'
import type { PartStatus } from '../../app/pilotbook.js'
import type { CommandContext } from '../command-context.js'
import { formatStatus } from '../format-status.js'

/** Tells what is in use, what is missing and what to do about it. Returns 0, or 3 when a part fails. */
export async function doctorCommand(flags: { readonly json?: boolean }, { config, terminal, signal }: CommandContext): Promise<number> {
  const pilotbook = createPilotbook(config, { mode: 'command' })
  try {
    const parts = await pilotbook.status({ signal })
    const places = {
      node: process.version,
      corpus: config.corpusDir,
      index: config.indexDir,
      data: config.dataDir,
      ollama: config.ollamaUrl,
    }
    if (flags.json === true) terminal.print(JSON.stringify({ ...places, parts }))
    else
      terminal.print(
        [
          ...Object.entries(places).map(([name, value]) => `${name.padEnd(12)} ${value}`),
          '',
          ...parts.map((part) => formatStatus(part, terminal.paint)),
        ].join('\n'),
      )
    return parts.some(isFailed) ? 3 : 0
  } finally {
    await pilotbook.close()
  }
}

function isFailed({ state }: PartStatus): boolean {
  return state === 'failed'
}
