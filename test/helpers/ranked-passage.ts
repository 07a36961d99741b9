import { toBookId, toPassageId, toSectionId } from '../../src/core/types/brand.js'
import type { RankedPassage } from '../../src/core/types/retrieval.js'

export interface PassageSketch {
  readonly text: string
  readonly headingPath?: readonly string[]
  /** What stands before the passage in its file. */
  readonly before?: string
  readonly page?: number
}

/** A passage of a made-up book, at the place where it would stand in its file. */
export function rankedPassage({ text, headingPath = ['Chapter', 'Section'], before = '', page }: PassageSketch, rank = 1): RankedPassage {
  const startLine = before.split('\n').length
  return {
    rank,
    book: { id: 'book', title: 'The Book', year: 2020 },
    scores: { fused: 1 / rank },
    alsoAt: [],
    passage: {
      id: toPassageId(`passage-${rank}`),
      bookId: toBookId('book'),
      sectionId: toSectionId('section'),
      file: 'book.md',
      headingPath,
      startOffset: before.length,
      endOffset: before.length + text.length,
      startLine,
      endLine: startLine + text.split('\n').length - 1,
      ...(page === undefined ? {} : { page }),
      text,
      cleanText: text,
    },
  }
}
