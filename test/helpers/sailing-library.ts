import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createBookFolder } from '../../src/adapters/book-files/create-book-folder.js'
import type { Embedder } from '../../src/core/ports/embedder.js'
import { type IngestOptions, type IngestParts, type IngestReport, ingest } from '../../src/ingest/ingest.js'
import { createTemporaryFolder, writeFiles } from './temporary-folder.js'

const sentence = (topic: string, n: number) => `Sentence ${n} about ${topic} says how ${topic} behaves in case ${n} of many.`

/** About 110 words that differ from topic to topic. */
export const paragraph = (topic: string): string => Array.from({ length: 9 }, (_, n) => sentence(topic, n + 1)).join(' ')

/** Two small books: front matter, other scripts, Windows line endings, a folder with a summary. */
export const smallBooks: Readonly<Record<string, string>> = {
  'Sailing – a primer.md': `---\ntitle: Sailing Docker\nyear: 2016\n---\n# Anchors\n\n${paragraph('anchors ⚓ и якоря')}\n\n## Ropes\n\n${paragraph('ropes 🪢')}\n`,
  'harbour/SUMMARY.md': '# Summary\n\n- [Piers](piers.md)\n- [Cranes](cranes.md)\n',
  'harbour/piers.md': `# Piers\r\n\r\n${paragraph('piers')}\r\n\r\n## Lighthouses\r\n\r\n${paragraph('lighthouses')}\r\n`,
  'harbour/cranes.md': `# Cranes\n\n${paragraph('cranes 🏗')}\n`,
}

export interface SmallLibrary {
  readonly corpusDir: string
  readonly indexDir: string
  ingest(changes?: Partial<IngestParts>, options?: IngestOptions): Promise<IngestReport>
}

/** A corpus and an empty index folder in a temporary place, with the real ingest over them. */
export async function createSmallLibrary(files: Readonly<Record<string, string>> = smallBooks, embedder?: Embedder): Promise<SmallLibrary> {
  const folder = await createTemporaryFolder()
  const corpusDir = join(folder, 'corpus')
  const indexDir = join(folder, 'index')
  await writeFiles(corpusDir, files)
  const parts: IngestParts = {
    source: createBookFolder(corpusDir),
    indexDir,
    ...(embedder === undefined ? {} : { embedder }),
    writeVectorFile: async ({ path }) => {
      await writeFile(path, 'stands for an HNSW file')
      return 'written'
    },
    now: () => new Date('2024-05-06T07:08:09Z'),
  }
  return { corpusDir, indexDir, ingest: (changes = {}, options = {}) => ingest({ ...parts, ...changes }, options) }
}

/** Changes one bit of a file in place, in the byte at this share of its length. */
export async function flipBit(path: string, share = 0.5): Promise<void> {
  const bytes = await readFile(path)
  const at = Math.min(bytes.length - 1, Math.floor(bytes.length * share))
  bytes[at] = (bytes[at] ?? 0) ^ 0x01
  await writeFile(path, bytes)
}
