import type { Library } from '../../library/library.js'
import type { FusedPassage } from './fuse-rankings.js'

/** A book answers beside the best one when its best passage has at least this share of the best score. */
const answeringShare = 1 / 3

/**
 * Of passages best first, the best of each book that has something to say: a book is not shown with its least unfitting page. When the
 * library does not answer at all, the nearest passage of every book.
 */
export function pickBooks(library: Library, fused: readonly FusedPassage[], answerable: boolean): readonly FusedPassage[] {
  const seen = new Set<string>()
  const bestOfEach = fused.filter(({ passageNumber }) => {
    const { id } = library.sectionOf(passageNumber).book
    return !seen.has(id) && seen.add(id)
  })
  const least = answerable ? answeringShare * (fused[0]?.scores.fused ?? 0) : 0
  return bestOfEach.filter(({ scores }) => scores.fused >= least)
}
