import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createBookFolder } from '../../src/adapters/book-files/create-book-folder.js'
import { ingest } from '../../src/ingest/ingest.js'
import type { Library } from '../../src/library/library.js'
import { openLibrary } from '../../src/library/open-library.js'
import { writeFiles } from './temporary-folder.js'

const handbook = fileURLToPath(new URL('../../corpus/handbook', import.meta.url))

export interface IngestedLibrary {
  readonly library: Library
  /** Closes the library and removes its folder. */
  close(): Promise<void>
}

/** A library of these files, ingested for real and without vectors. It stays until it is closed, so that many tests can share it. */
export function ingestFiles(files: Readonly<Record<string, string>>): Promise<IngestedLibrary> {
  return ingestFolder((corpusDir) => writeFiles(corpusDir, files))
}

/** The handbook alone, whatever other books lie beside it. */
export function ingestHandbook(): Promise<IngestedLibrary> {
  return ingestFolder(copyHandbook)
}

/** Copies the handbook into a corpus folder. */
export async function copyHandbook(corpusDir: string): Promise<void> {
  await cp(handbook, join(corpusDir, 'handbook'), { recursive: true })
}

async function ingestFolder(fill: (corpusDir: string) => Promise<void>): Promise<IngestedLibrary> {
  const folder = await mkdtemp(join(tmpdir(), 'pilotbook-test-'))
  const corpusDir = join(folder, 'corpus')
  const indexDir = join(folder, 'index')
  await fill(corpusDir)
  await ingest({ source: createBookFolder(corpusDir), indexDir, writeVectorFile: async () => 'not needed', now: () => new Date() })
  const library = await openLibrary(indexDir)
  return {
    library,
    close: async () => {
      await library.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
