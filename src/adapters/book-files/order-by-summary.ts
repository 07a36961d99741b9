import { posix } from 'node:path'
import { compareNaturally } from './natural-order.js'

const link = /\]\(\s*(?:<([^>\n]+)>|([^)\s]+))/g

/**
 * The files of a book in the order in which its SUMMARY.md links to them; those that it does not name come after, in natural order.
 * All paths count from the corpus folder.
 */
export function orderBySummary(paths: readonly string[], summary: { readonly path: string; readonly text: string }): readonly string[] {
  const folder = posix.dirname(summary.path)
  const known = new Set(paths)
  const listed = new Set<string>()
  for (const [, quoted, plain] of summary.text.matchAll(link)) {
    const path = posix.normalize(posix.join(folder, toPath(quoted ?? plain ?? '')))
    if (known.has(path)) listed.add(path)
  }
  const others = paths.filter((path) => !listed.has(path)).sort(compareNaturally)
  return [...listed, ...others]
}

function toPath(target: string): string {
  const path = target.replace(/[#?].*$/, '')
  try {
    return decodeURIComponent(path)
  } catch {
    // A lone percent sign is part of the file's name.
    return path
  }
}
