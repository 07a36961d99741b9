import type { Library } from '../../library/library.js'
import { analyzeText } from '../../word-search/analyze-text.js'
import { scoreDocuments } from '../../word-search/bm25.js'
import type { LegHit } from './fuse-rankings.js'
import { createTitleEvidence, titleWeight } from './title-evidence.js'

/** The question's terms with their weights: 1 each, however often they stand in it. */
export function toQuestionTerms(question: string): ReadonlyMap<string, number> {
  return new Map(analyzeText(question).map((term) => [term, 1]))
}

/** "What is Docker?" scores low in the section of that title, because every passage says Docker: titles are read far down. */
const titledPassages = 1000

/** The lexical leg: BM25 over stems and whole code words, raised by what the section's title tells, best first. */
export function findByWords(
  library: Library,
  terms: ReadonlyMap<string, number>,
  options: { readonly count: number; readonly accepts: (passageNumber: number) => boolean },
): readonly LegHit[] {
  const scored = scoreDocuments(library.terms, terms, { ...options, count: Math.max(options.count, titledPassages) })
  const measureTitle = createTitleEvidence(library.terms, terms)
  const hits = scored.map(({ document, score }) => {
    const { headingPath } = library.sectionOf(document).section
    return { passageNumber: document, score: score * (1 + titleWeight * measureTitle(headingPath.at(-1) ?? '')) }
  })
  return hits.sort((left, right) => right.score - left.score || left.passageNumber - right.passageNumber).slice(0, options.count)
}
