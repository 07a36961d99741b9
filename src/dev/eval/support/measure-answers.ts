import { SourceCiter } from '../../../answer/cite-sources/cite-sources.js'
import { findMarkers } from '../../../answer/cite-sources/parse-markers.js'
import { splitSentences } from '../../../answer/quotable-units/split-sentences.js'
import { retrievePassages } from '../../../answer/retrieve-passages/retrieve-passages.js'
import type { AnswerSentence } from '../../../core/types/answer.js'
import type { RankedPassage } from '../../../core/types/retrieval.js'
import { isAnsweringPassage } from '../../../evaluation/find-answering-ranks.js'
import { type GoldenQuestion, toAskedText } from '../../../evaluation/golden-questions.js'
import type { Library } from '../../../library/library.js'
import { measureRarity } from '../../../word-search/bm25.js'
import { falsify } from './falsify.js'

/** How a scripted model cites; `n` is the passage that answers, `of` how many there are. */
const styles: Readonly<Record<string, (n: number, of: number) => string>> = {
  well: (n) => ` [${n}]`,
  badly: (n, of) => ` [${(n % of) + 1}]`,
  'not at all': () => '',
  'out of range': () => ' [99]',
  'in other brackets': (n) => `【${n}†source】`,
  'with words': (n) => ` [source ${n}]`,
  'as a footnote': (n) => `[^${n}]`,
}
const code = '```sh\necho "$a[1]" [2] 【3】\n```'
const span = '`b[1]`'

/** Counts over all answers of a scripted model; all but the two shares should be 0 or equal. */
export interface AnswerFigures {
  readonly answers: number
  readonly dangling: number
  readonly citations: number
  readonly faithful: number
  readonly changedCode: number
  readonly trueSentences: number
  readonly trueSupported: number
  readonly trueUnsupported: number
  readonly planted: number
  readonly plantedFlagged: number
}

interface Asked {
  readonly passages: readonly RankedPassage[]
  readonly rarity: (term: string) => number
  readonly readText: (file: string) => string
}

/** Lets a scripted model answer the questions with their reference answers, citing in every style, and once with a planted falsehood. */
export async function measureAnswers(
  questions: readonly GoldenQuestion[],
  library: Library,
  readText: (file: string) => string,
): Promise<AnswerFigures> {
  let total = nothing
  for (const question of questions) {
    const { passages } = await retrievePassages({ text: toAskedText(question), k: 6 }, { library })
    const asked = { passages, rarity: (term: string) => measureRarity(library.terms, term), readText }
    total = add(total, measureQuestion(question, asked))
  }
  return total
}

const nothing: AnswerFigures = {
  answers: 0,
  dangling: 0,
  citations: 0,
  faithful: 0,
  changedCode: 0,
  trueSentences: 0,
  trueSupported: 0,
  trueUnsupported: 0,
  planted: 0,
  plantedFlagged: 0,
}

function measureQuestion(question: GoldenQuestion, asked: Asked): AnswerFigures {
  const sentences = splitSentences(question.reference).map(({ start, end }) => question.reference.slice(start, end))
  const at = asked.passages.findIndex(({ passage }) => isAnsweringPassage(question, passage))
  const n = Math.max(at, 0) + 1
  const answers = Object.entries(styles).map(([style, mark]) => {
    const text = `${sentences.map((sentence) => withMarker(sentence, mark(n, asked.passages.length))).join(' ')} See ${span}.\n\n${code}`
    const figures = measureAnswer(text, asked)
    return style === 'well' ? figures : { ...figures, trueSentences: 0, trueSupported: 0, trueUnsupported: 0 }
  })
  return [...answers, measurePlanted(sentences, n, asked)].reduce(add)
}

function withMarker(sentence: string, marker: string): string {
  return sentence.replace(/([.!?:]?)$/, `${marker}$1`)
}

function measureAnswer(text: string, { passages, rarity, readText }: Asked): AnswerFigures {
  const { markdown, sentences, citations } = cite(text, { passages, rarity })
  const shown = findMarkers(markdown).flatMap(({ numbers }) => numbers)
  const told = sentences.filter(({ start }) => start < markdown.lastIndexOf(`See ${span}`))
  const known = new Set(citations.map(({ n }) => n))
  return {
    ...nothing,
    answers: 1,
    dangling: shown.filter((n) => !known.has(n)).length,
    citations: citations.length,
    faithful: citations.filter(({ file, startOffset, endOffset, quote }) => readText(file).slice(startOffset, endOffset) === quote).length,
    changedCode: text.includes(code) && !(markdown.includes(code) && markdown.includes(span)) ? 1 : 0,
    trueSentences: told.length,
    trueSupported: count(told, 'supported'),
    trueUnsupported: count(told, 'unsupported'),
  }
}

/** One sentence of the answer is replaced by a falsehood; which one, and by which operator, goes round. */
function measurePlanted(sentences: readonly string[], n: number, asked: Asked): AnswerFigures {
  const lies = sentences.flatMap((sentence, position) => falsify(sentence).map(({ text }) => ({ text, position })))
  const lie = lies[sentences.join('').length % Math.max(lies.length, 1)]
  if (lie === undefined) return nothing
  const told = sentences.map((sentence, position) => (position === lie.position ? lie.text : sentence))
  const { markdown, sentences: judged } = cite(told.map((sentence) => withMarker(sentence, ` [${n}]`)).join(' '), asked)
  const start = markdown.indexOf(lie.text.replace(/[.!?:]$/, ''))
  const verdicts = judged.filter((sentence) => start >= sentence.start && start < sentence.end)
  if (verdicts.length === 0) return nothing
  return { ...nothing, answers: 1, planted: 1, plantedFlagged: verdicts.some(({ support }) => support === 'supported') ? 0 : 1 }
}

function cite(text: string, { passages, rarity }: Pick<Asked, 'passages' | 'rarity'>) {
  const citer = new SourceCiter(passages, rarity)
  for (const piece of text.match(/[\s\S]{1,40}/g) ?? []) citer.push({ kind: 'text', text: piece })
  citer.push({ kind: 'end', complete: true, promptTokens: 0, answerTokens: 0 })
  return citer.finish()
}

function count(sentences: readonly AnswerSentence[], wanted: AnswerSentence['support']): number {
  return sentences.filter(({ support }) => support === wanted).length
}

function add(left: AnswerFigures, right: AnswerFigures): AnswerFigures {
  return {
    answers: left.answers + right.answers,
    dangling: left.dangling + right.dangling,
    citations: left.citations + right.citations,
    faithful: left.faithful + right.faithful,
    changedCode: left.changedCode + right.changedCode,
    trueSentences: left.trueSentences + right.trueSentences,
    trueSupported: left.trueSupported + right.trueSupported,
    trueUnsupported: left.trueUnsupported + right.trueUnsupported,
    planted: left.planted + right.planted,
    plantedFlagged: left.plantedFlagged + right.plantedFlagged,
  }
}
