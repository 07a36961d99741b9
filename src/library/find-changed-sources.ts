import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Notice } from '../core/types/answer.js'
import type { Manifest } from './index-format.js'
import { hashBytes } from './stored-file.js'

type Source = Manifest['sources'][number]

/**
 * What changed in the corpus since the ingest, one notice per file: changed, removed or added; one for all files of an added folder.
 * A file is read only when its size or time differs. Nothing at all when the corpus folder itself is gone: the index stands alone.
 */
export async function findChangedSources(manifest: Manifest, corpusDir: string): Promise<readonly Notice[]> {
  const entries = await readdir(corpusDir, { recursive: true, withFileTypes: true }).catch(() => undefined)
  if (entries === undefined) return []
  const notices = await Promise.all(manifest.sources.map((source) => describeChange(source, corpusDir)))
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => relative(corpusDir, join(entry.parentPath, entry.name)))
  const added = listAdded(paths, manifest.sources)
  return [
    ...notices.filter((notice) => notice !== undefined),
    ...added.map((name) => ({ code: 'BOOK_NOT_INGESTED', text: `${name} is not in the index yet. Run \`pilotbook ingest\`.` })),
  ]
}

function listAdded(found: readonly string[], sources: readonly Source[]): readonly string[] {
  const known = new Set(sources.map(({ path }) => path))
  const knownTops = new Set(sources.map(({ path }) => path.split('/')[0]))
  const added = found
    .map((path) => path.split(sep))
    .filter((parts) => !known.has(parts.join('/')) && !parts.some((part) => part.startsWith('.')))
    .filter((parts) => /\.(md|markdown|pdf)$/i.test(parts.at(-1) ?? ''))
  const names = added.map((parts) => (parts.length > 1 && !knownTops.has(parts[0]) ? `${parts[0]}/` : parts.join('/')))
  return [...new Set(names)]
}

async function describeChange(source: Source, corpusDir: string): Promise<Notice | undefined> {
  const path = join(corpusDir, source.path)
  const now = await stat(path).catch(() => undefined)
  if (now === undefined) {
    return {
      code: 'BOOK_REMOVED',
      text: `${source.path} is gone from the corpus; it is answered from as it was at the last ingest. Run \`pilotbook ingest\`.`,
    }
  }
  if (now.size === source.bytes && Math.trunc(now.mtimeMs) === source.modifiedMs) return undefined
  const bytes = await readFile(path).catch(() => undefined)
  if (bytes !== undefined && hashBytes(bytes) === source.sha256) return undefined
  return {
    code: 'BOOK_CHANGED',
    text: `${source.path} has changed since the last ingest; it is answered from as it was then. Run \`pilotbook ingest\`.`,
  }
}
