import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../../src/app/config/config.js'
import { loadConfig } from '../../src/app/config/load-config.js'
import { createPilotbook } from '../../src/app/create-pilotbook.js'
import type { Pilotbook } from '../../src/app/pilotbook.js'
import { runIngest } from '../../src/app/run-ingest.js'

export const harbourBook = [
  '# Harbour Notes',
  '',
  '## Ports',
  '',
  'The flag `-P` publishes every exposed port of a container to a random port of the host.',
  'The flag `-p 8080:80` publishes one port, and you choose which.',
  '',
  '## Volumes',
  '',
  'A named volume outlives the container that wrote to it. `docker volume prune` removes those that nobody uses.',
  '',
].join('\n')

export interface HarbourLibrary {
  readonly config: Config
  readonly pilotbook: Pilotbook
  /** Closes the library and removes its folder. */
  close(): Promise<void>
}

export interface HarbourLibraryOptions {
  /** File names with their texts; one book about ports and volumes unless told. */
  readonly books?: Readonly<Record<string, string>>
  /** Variables beside those that keep the library offline and in its folder. */
  readonly environment?: Readonly<Record<string, string>>
}

/** A real library in a folder of its own, ingested for real, without an embedding model and without Ollama unless the environment names one. */
export async function createHarbourLibrary(options: HarbourLibraryOptions = {}): Promise<HarbourLibrary> {
  const { books = { 'Harbour Notes.md': harbourBook }, environment = {} } = options
  const folder = await mkdtemp(join(tmpdir(), 'pilotbook-library-'))
  const corpus = await mkdtemp(join(folder, 'corpus-'))
  for (const [name, text] of Object.entries(books)) await writeFile(join(corpus, name), text)
  const own = { PILOTBOOK_OFFLINE: '1', PILOTBOOK_DATA_DIR: join(folder, 'data'), OLLAMA_HOST: 'http://127.0.0.1:1', ...environment }
  const config = loadConfig({ corpus, index: join(folder, 'index') }, own, folder)
  await runIngest(config)
  const pilotbook = createPilotbook(config, { mode: 'command' })
  return {
    config,
    pilotbook,
    close: async () => {
      await pilotbook.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
