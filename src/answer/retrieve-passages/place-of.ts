import type { FoldedPlace } from '../../core/types/retrieval.js'
import type { Library } from '../../library/library.js'

/** Where a passage stands. */
export function placeOf(library: Library, passageNumber: number): FoldedPlace {
  const { file, headingPath, startLine, endLine } = library.passage(passageNumber)
  return { file, headingPath, startLine, endLine }
}
