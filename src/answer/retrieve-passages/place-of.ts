import type { Library } from '../../library/library.js'

/** Where a passage stands, in words. */
export function placeOf(library: Library, passageNumber: number): string {
  const { file, startLine, endLine } = library.passage(passageNumber)
  return `${file}, lines ${startLine}–${endLine}`
}
