import type { Question, RetrievalPart } from '../../core/types/question.js'
import type { BookRef, RankedPassage, Retrieval } from '../../core/types/retrieval.js'
import { loadConceptMatcher } from '../../docker-knowledge/load-concept-matcher.js'
import type { StoredBook } from '../../library/index-format.js'
import type { Library } from '../../library/library.js'
import { dropShouting } from '../../word-search/drop-shouting.js'
import { focusQuestion } from '../focus-question/focus-question.js'
import { explainRetrieval } from './explain-retrieval.js'
import { type DenseParts, findByMeaning, type MeaningLeg, type MeaningRequest } from './find-by-meaning.js'
import { findByWords } from './find-by-words.js'
import { type FoldedPassage, foldDuplicates } from './fold-duplicates.js'
import { fuseRankings, measureScale } from './fuse-rankings.js'
import { answerableFrom, judgeConfidence } from './judge-confidence.js'
import { pickBooks } from './pick-books.js'
import { placeOf } from './place-of.js'
import { readQuestion } from './read-question.js'

export interface RetrieveParts {
  readonly library: Library
  /** Without it, passages are found by their words alone. */
  readonly dense?: DenseParts
}

/** Each leg looks deeper than asked, so that a passage which only one of them puts high still gets the other's rank. */
const leastDepth = 100
const nothing: ReadonlySet<RetrievalPart> = new Set()

/**
 * The `question.k` best passages of the books asked, best first, with every score; passages with nearly the same words are folded into
 * the best of them. `answerable` is false when the books do not seem to hold the answer; the passages are the best all the same.
 */
export async function retrievePassages(question: Question, parts: RetrieveParts, signal?: AbortSignal): Promise<Retrieval> {
  const { library } = parts
  const concepts = await loadConceptMatcher()
  const text = dropShouting(focusQuestion(question.text))
  const without = question.without ?? nothing
  const repair = !without.has('spelling')
  const terms = readQuestion(text, { library, concepts, repair })
  const eachBook = question.eachBook === true
  const depth = Math.max(leastDepth, 2 * question.k)
  // The best passage of a small book may stand far below a thick one's.
  const search = { count: eachBook ? library.passageCount : depth, accepts: acceptPassages(library, question) }
  const lexical = findByWords(library, { terms, concepts, without, ...search })
  const alsoJudge = lexical.hits.map(({ passageNumber }) => passageNumber)
  const asked = { ...search, count: depth, alsoJudge, ...(signal === undefined ? {} : { signal }) }
  const meaning = without.has('meaning') ? undefined : await findMeaning(text, parts, asked)
  const legs = { lexical: lexical.hits, ...(meaning === undefined ? {} : { dense: meaning }) }
  const fused = fuseRankings(legs)
  const confidence = judgeConfidence({ text, terms, concepts, library, coverage: lexical.coverage, best: fused, meaning })
  const answerable = confidence.value >= answerableFrom
  const kept = eachBook
    ? pickBooks(library, fused, answerable)
        .slice(0, question.k)
        .map((one) => ({ ...one, folded: [] }))
    : foldDuplicates(library.terms, fused, { count: question.k, textOf: (passageNumber) => library.cleanTextOf(passageNumber) })
  const found = { terms, lexical, fused, kept, confidence, scale: measureScale(legs) }
  return {
    confidence: confidence.value,
    answerable,
    passages: kept.map((one, place) => toRankedPassage(library, one, place + 1)),
    ...(question.explain === true ? { explanation: explainRetrieval(library, found) } : {}),
  }
}

async function findMeaning(text: string, { dense }: RetrieveParts, options: MeaningRequest): Promise<MeaningLeg | undefined> {
  return dense === undefined || text.trim() === '' ? undefined : findByMeaning(text, dense, options)
}

function acceptPassages(library: Library, question: Question): (passageNumber: number) => boolean {
  if (question.books === undefined && question.years === undefined) return () => true
  const accepted = new Set(library.books.filter((book) => isAsked(book, question)))
  return (passageNumber) => accepted.has(library.sectionOf(passageNumber).book)
}

/** Whether the question is put to this book: by its id, and by its year when years are given. */
export function isAsked(book: StoredBook, { books, years }: Question): boolean {
  const byName = books === undefined || books.includes(book.id)
  const byYear = years === undefined || (book.year !== undefined && book.year >= years.from && book.year <= years.to)
  return byName && byYear
}

function toRankedPassage(library: Library, { passageNumber, scores, folded }: FoldedPassage, rank: number): RankedPassage {
  return {
    rank,
    passage: library.passage(passageNumber),
    book: toBookRef(library.sectionOf(passageNumber).book),
    scores,
    alsoAt: folded.map((number) => placeOf(library, number)),
  }
}

function toBookRef({ id, title, year }: StoredBook): BookRef {
  return { id, title, ...(year === undefined ? {} : { year }) }
}
