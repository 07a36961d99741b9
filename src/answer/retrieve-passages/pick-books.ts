import type { Library } from '../../library/library.js'
import type { FusedPassage } from './fuse-rankings.js'

/** A book answers beside the best one when its best passage has at least this share of the best score. */
const answeringShare = 1 / 3

/**
 * Of passages best first, the best of each book that has something to say: a book is not shown with its least unfitting page, nor for side
 * topics that only the concepts brought in. When the library does not answer at all, the nearest passage of every book.
 */
export function pickBooks(library: Library, fused: readonly FusedPassage[], answerable: boolean): readonly FusedPassage[] {
  const seen = new Set<string>()
  const bestOfEach = fused.filter(({ passageNumber }) => {
    const { id } = library.sectionOf(passageNumber).book
    return !seen.has(id) && seen.add(id)
  })
  if (!answerable) return bestOfEach
  const measure = createMeasure(fused)
  const least = answeringShare * bestOfEach.reduce((best, one) => Math.max(best, measure(one)), 0)
  return bestOfEach.filter((one) => measure(one) >= least)
}

// The fused score; where the question's own words found anything, without what the concepts added.
function createMeasure(fused: readonly FusedPassage[]): (one: FusedPassage) => number {
  const bestLexical = fused.reduce((best, { scores }) => Math.max(best, scores.lexical?.score ?? 0), 0)
  const own = ({ scores }: FusedPassage) => {
    return scores.fused - (scores.lexical === undefined || bestLexical === 0 ? 0 : scores.lexical.parts.concepts / bestLexical)
  }
  return fused.some((one) => own(one) > 0) ? own : ({ scores }) => scores.fused
}
