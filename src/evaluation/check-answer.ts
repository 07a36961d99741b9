import type { Answer, AnswerSentence, Citation } from '../core/types/answer.js'
import { isAnsweringPassage } from './find-answering-ranks.js'
import type { GoldenQuestion } from './golden-questions.js'
import { holdsLiteral, listLiterals } from './list-literals.js'
import { addShares, countShare, noShare, type Share } from './share.js'

/** What one answer gets right; all zero for a refusal, which is judged elsewhere. */
export interface AnswerCheck {
  readonly answered: Share
  /** Citations whose place in the file on disk holds the quote, letter by letter. */
  readonly validCitations: Share
  /** Quotes that stand in the file word for word, wherever; white space folded. */
  readonly faithfulQuotes: Share
  /** Of an answer made of quotes: sentences whose words stand, in their order, in a quote that they cite. */
  readonly quotedSentences: Share
  /** Flags, paths, ports and image names that stand in a quote cited by their sentence. */
  readonly supportedLiterals: Share
  /** Sentences with a citation that was found to support them. */
  readonly coveredSentences: Share
  /** Whether the answer matches a pattern, of answers to questions that have some. */
  readonly matchedPatterns: Share
  /** Citations of a passage of a section that answers the question. */
  readonly citedAnswers: Share
}

/** `readText` gives a corpus file as it stands on disk, decoded; undefined when it cannot be read. */
export function checkAnswer(question: GoldenQuestion, answer: Answer, readText: (file: string) => string | undefined): AnswerCheck {
  if (answer.kind === 'no-evidence') return { ...emptyCheck, answered: { count: 0, of: 1 } }
  const { citations, sentences, markdown } = answer
  const textOf = (sentence: AnswerSentence) => markdown.slice(sentence.start, sentence.end)
  const quotesOf = (sentence: AnswerSentence) => citations.filter(({ n }) => sentence.citations.includes(n)).map(({ quote }) => quote)
  return {
    answered: { count: 1, of: 1 },
    validCitations: countShare(citations, (one) => readText(one.file)?.slice(one.startOffset, one.endOffset) === one.quote),
    faithfulQuotes: countShare(citations, ({ file, quote }) => foldSpace(readText(file) ?? '').includes(foldSpace(quote))),
    quotedSentences: isQuoting(answer) ? countShare(sentences, (one) => isQuoted(textOf(one), quotesOf(one))) : noShare,
    supportedLiterals: addShares(sentences.map((sentence) => checkLiterals(textOf(sentence), quotesOf(sentence)))),
    coveredSentences: countShare(sentences, (one) => one.support === 'supported' && one.citations.length > 0),
    matchedPatterns: countShare(question.patterns.length === 0 ? [] : [markdown], (text) => matchesPattern(text, question)),
    citedAnswers: countShare(citations, (citation) => citesAnswer(question, answer, { citation, readText })),
  }
}

const emptyCheck: AnswerCheck = {
  answered: noShare,
  validCitations: noShare,
  faithfulQuotes: noShare,
  quotedSentences: noShare,
  supportedLiterals: noShare,
  coveredSentences: noShare,
  matchedPatterns: noShare,
  citedAnswers: noShare,
}

/** The answer names no chat model: `none (quoted from the books)`. */
function isQuoting({ aiModel }: Answer): boolean {
  return aiModel.startsWith('none')
}

function isQuoted(sentence: string, quotes: readonly string[]): boolean {
  const words = toWords(sentence)
  return quotes.some((quote) => toWords(quote).includes(words))
}

// Spaces at both ends, so that only whole words are found.
function toWords(text: string): string {
  return ` ${(text.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `
}

function foldSpace(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function checkLiterals(sentence: string, quotes: readonly string[]): Share {
  return countShare(listLiterals(sentence), (literal) => quotes.some((quote) => holdsLiteral(quote, literal)))
}

function matchesPattern(markdown: string, { patterns }: GoldenQuestion): boolean {
  return patterns.some((pattern) => new RegExp(pattern, 'i').test(markdown))
}

function citesAnswer(
  question: GoldenQuestion,
  { retrieval }: Answer,
  { citation, readText }: { readonly citation: Citation; readonly readText: (file: string) => string | undefined },
): boolean {
  const { file, headingPath, quote } = citation
  const passage = retrieval.passages.find(({ id }) => id === citation.passageId)
  const text = passage === undefined ? quote : (readText(file)?.slice(passage.startOffset, passage.endOffset) ?? quote)
  return isAnsweringPassage(question, { file, headingPath, text })
}
