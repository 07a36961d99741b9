import type { Question } from '../../core/types/question.js'
import type { BookRef, RankedPassage, Retrieval } from '../../core/types/retrieval.js'
import type { StoredBook } from '../../library/index-format.js'
import type { Library } from '../../library/library.js'
import { dropShouting } from '../../word-search/drop-shouting.js'
import { type DenseParts, findByMeaning, type MeaningLeg } from './find-by-meaning.js'
import { findByWords, toQuestionTerms } from './find-by-words.js'
import { type FusedPassage, fuseRankings } from './fuse-rankings.js'
import { answerableFrom, judgeConfidence } from './judge-confidence.js'

export interface RetrieveParts {
  readonly library: Library
  /** Without it, passages are found by their words alone. */
  readonly dense?: DenseParts
}

/** Each leg looks deeper than asked, so that a passage which only one of them puts high still gets the other's rank. */
const leastDepth = 100
const judgedPassages = 5

/**
 * The `question.k` best passages of the books asked, best first, with every score; passages with the same words are folded into
 * the best of them. `answerable` is false when the books do not seem to hold the answer; the passages are the best all the same.
 */
export async function retrievePassages(question: Question, parts: RetrieveParts, signal?: AbortSignal): Promise<Retrieval> {
  const { library } = parts
  const accepts = acceptPassages(library, question)
  const count = Math.max(leastDepth, 2 * question.k)
  const text = dropShouting(question.text)
  const terms = toQuestionTerms(text)
  const lexical = findByWords(library, terms, { count, accepts })
  const meaning = await findMeaning(question, parts, { count, accepts, ...(signal === undefined ? {} : { signal }) })
  const fused = fuseRankings({ lexical, dense: meaning?.hits ?? [] })
  const confidence = judgeConfidence({
    question: text,
    terms: [...terms.keys()],
    index: library.terms,
    bestTexts: fused.slice(0, judgedPassages).map(({ passageNumber }) => textOf(library, passageNumber)),
    ...(meaning === undefined ? {} : { meaning: { best: meaning.hits[0]?.score ?? 0, background: meaning.background } }),
  })
  return { confidence, answerable: confidence >= answerableFrom, passages: foldDuplicates(library, fused, question.k) }
}

async function findMeaning(
  question: Question,
  { dense }: RetrieveParts,
  options: Parameters<typeof findByMeaning>[2],
): Promise<MeaningLeg | undefined> {
  return dense === undefined || question.text.trim() === '' ? undefined : findByMeaning(question.text, dense, options)
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

function textOf(library: Library, passageNumber: number): string {
  const { book, section } = library.sectionOf(passageNumber)
  return [book.title, ...section.headingPath, library.cleanTextOf(passageNumber)].join('\n')
}

// Some books print the same page under two names; the reader needs it once, with a word on where else it stands.
function foldDuplicates(library: Library, fused: readonly FusedPassage[], count: number): readonly RankedPassage[] {
  const byText = new Map<string, { readonly first: FusedPassage; readonly alsoAt: string[] }>()
  for (const found of fused) {
    const text = library.cleanTextOf(found.passageNumber)
    const known = byText.get(text)
    if (known !== undefined) known.alsoAt.push(placeOf(library, found.passageNumber))
    else if (byText.size < count) byText.set(text, { first: found, alsoAt: [] })
  }
  return [...byText.values()].map(({ first, alsoAt }, position) => ({
    rank: position + 1,
    passage: library.passage(first.passageNumber),
    book: toBookRef(library.sectionOf(first.passageNumber).book),
    scores: first.scores,
    alsoAt,
  }))
}

function placeOf(library: Library, passageNumber: number): string {
  const { file, startLine, endLine } = library.passage(passageNumber)
  return `${file}, lines ${startLine}–${endLine}`
}

function toBookRef({ id, title, year }: StoredBook): BookRef {
  return { id, title, ...(year === undefined ? {} : { year }) }
}
