import type { Citation, Notice } from '../../core/types/answer.js'
import type { Passage } from '../../core/types/passage.js'
import type { OldAdvice } from '../../docker-knowledge/old-advice/parse-old-advice.js'
import { findOldAdvice, type OldAdviceFinding } from '../../docker-knowledge/old-advice.js'
import { Surroundings } from './says-it-is-old.js'

export interface OldAdviceNotes {
  readonly notices: readonly Notice[]
  /** The words of the answer that the table knows, also those that the answer itself calls old. */
  readonly told: readonly string[]
}

/** What the table finds in the answer and in the quotes below it: a notice for each advice, with the books that give it. */
export function noteOldAdvice(markdown: string, citations: readonly Citation[], passages: ReadonlyMap<string, Passage>): OldAdviceNotes {
  const around = new Surroundings(markdown)
  const inAnswer = readOldAdvice(markdown, around)
  const cited = citations.map((citation) => ({ citation, ...readCited(citation, passages.get(citation.passageId)) }))
  // Quoted word for word from where the book calls it old, it is not the answer's own advice.
  const isQuoted = ({ entry, start }: OldAdviceFinding) => {
    const statement = around.statementAt(start)
    return cited.some(({ calledOld, text }) => calledOld.has(entry) && text.includes(statement))
  }
  const given = inAnswer.given.filter((finding) => !isQuoted(finding))
  const books = new Map(given.map(({ entry }) => [entry, new Set<string>()]))
  for (const { citation, quoted } of cited) {
    for (const { entry } of quoted) {
      // An answer that says that its book is out of date has told the reader.
      if (!inAnswer.calledOld.has(entry)) books.set(entry, (books.get(entry) ?? new Set()).add(toBookName(citation)))
    }
  }
  return { notices: [...books].map(([entry, names]) => toNotice(entry, [...names])), told: inAnswer.words }
}

/** What a text advises in earnest; what it calls old in one place it may show in another. */
function readOldAdvice(text: string, around: Surroundings) {
  const found = findOldAdvice(text).map((finding) => ({ ...finding, words: text.slice(finding.start, finding.end) }))
  const calledOld = new Set(found.filter(({ start, words }) => around.saysOld(start, words)).map(({ entry }) => entry))
  return { calledOld, words: found.map(({ words }) => words), given: found.filter(({ entry }) => !calledOld.has(entry)) }
}

// The passage tells more than the quote: whether a line begins there, and whether the next sentence calls it old.
function readCited({ quote, startOffset, endOffset, headingPath }: Citation, passage: Passage | undefined) {
  const text = passage?.text ?? quote
  const offset = passage?.startOffset ?? startOffset
  const { calledOld, given } = readOldAdvice(text, new Surroundings(text, headingPath.at(-1)))
  return { text, calledOld, quoted: given.filter(({ start, end }) => start + offset < endOffset && end + offset > startOffset) }
}

function toBookName({ book }: Citation): string {
  return book.year === undefined ? book.title : `${book.title} (${book.year})`
}

function toNotice({ says, since, today }: OldAdvice, books: readonly string[]): Notice {
  const giver = books.length === 0 ? 'This answer gives' : `${joinWords(books)} ${books.length === 1 ? 'gives' : 'give'}`
  const version = since.version === undefined ? '' : ` (${since.version})`
  const form = today.endsWith('.') ? today : `${today}.`
  return { code: 'OLD_ADVICE', text: `${giver} old advice: “${says}” It is old since ${since.year}${version}. Today: ${form}` }
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
