import type { AskRequest } from '../app/pilotbook.js'
import type {
  ConfidenceSignal,
  ExplainedBudget,
  ExplainedConcept,
  ExplainedFusion,
  ExplainedPassage,
  ExplainedTerm,
  RetrievalExplanation,
} from '../core/types/retrieval.js'
import { formatTable, type TableRow, wrapIndented } from './format-table.js'
import type { Terminal } from './terminal.js'
import { toPrintable } from './to-printable.js'
import { wrapWords } from './wrap-words.js'

export interface ExplanationView {
  readonly paint: Terminal['paint']
  readonly columns: number
  readonly request: Pick<AskRequest, 'without' | 'eachBook'>
}

const longestTerm = 40
const eachBookRule = 'the best passage of every book that answers by itself; of every book when none does'

/** How a search came about, from the question's words to the confidence, with figures that can be computed again by hand. */
export function formatExplanation(explanation: RetrievalExplanation, { paint, columns, request }: ExplanationView): string {
  const { without = [], eachBook } = request
  const { terms, concepts, fusion, candidates, budget, confidence, answerableFrom } = explanation
  const parts = [
    ["The question's words", formatTerms(terms, columns)],
    ['Concepts', without.includes('concepts') ? '  left out' : formatConcepts(concepts, columns)],
    ['Fusion', wrapIndented(describeFusion(fusion), { columns, indent: '  ' })],
    ...(eachBook === true ? [['Each book', wrapIndented(eachBookRule, { columns, indent: '  ' })]] : []),
    ['Passages looked at: lexical = (words + asks) × title + near + concepts', formatCandidates(candidates, columns)],
    ...(budget === undefined ? [] : [['Prompt for a chat model', formatBudget(budget, columns)]]),
    ['Confidence', formatConfidence(confidence, { answerableFrom, columns })],
    ...(without.length === 0 ? [] : [['Left out', `  ${without.join(', ')}`]]),
  ]
  return parts.map(([title = '', text = '']) => `${paint.bold(wrapWords(title, columns))}\n${toPrintable(text)}`).join('\n\n')
}

function describeFusion({ bestLexical, dense }: ExplainedFusion): string {
  const lexical = `lexical / ${bestLexical.toFixed(3)}`
  if (dense === undefined) return `fused = ${lexical} (by words alone)`
  const { weight, background, best } = dense
  return `fused = ${lexical} + ${weight} × max(0, dense - ${background.toFixed(3)}) / ${(best - background).toFixed(3)}`
}

function formatTerms(terms: readonly ExplainedTerm[], columns: number): string {
  if (terms.length === 0) return '  none that can be searched'
  const rows = terms.map(({ term, repairedFrom, passages, rarity }) => ({
    cells: [shorten(term), String(passages), rarity.toFixed(3), repairedFrom === undefined ? '' : `for "${shorten(repairedFrom)}"`],
  }))
  return formatTable(['word', 'passages', 'rarity', ''], rows, columns)
}

function shorten(term: string): string {
  return term.length > longestTerm ? `${term.slice(0, longestTerm)}…` : term
}

function formatConcepts(concepts: readonly ExplainedConcept[], columns: number): string {
  if (concepts.length === 0) return '  none that the question asks for'
  const rows = concepts.map(({ terms, match, weight }) => ({ cells: [match.toFixed(3), weight.toFixed(3)], detail: terms.join(', ') }))
  return formatTable(['match', 'weight'], rows, columns)
}

function formatCandidates(candidates: readonly ExplainedPassage[], columns: number): string {
  if (candidates.length === 0) return '  none'
  const hasDense = candidates.some(({ scores }) => scores.dense !== undefined)
  const headings = ['words', 'asks', 'title', 'near', 'concepts', 'lexical', 'rank', ...(hasDense ? ['dense', 'rank'] : []), 'fused']
  return formatTable(
    headings,
    candidates.map((one) => toCandidateRow(one, hasDense)),
    columns,
  )
}

function toCandidateRow({ scores, file, headingPath, startLine, endLine, reason }: ExplainedPassage, hasDense: boolean): TableRow {
  const { lexical, dense, fused } = scores
  const parts = lexical?.parts
  const lexicalFigures = [parts?.words, parts?.asks, parts?.titleFactor, parts?.neighbours, parts?.concepts, lexical?.score].map(toFigure)
  const denseFigures = hasDense ? [toFigure(dense?.score), toRank(dense?.rank)] : []
  const cells = [...lexicalFigures, toRank(lexical?.rank), ...denseFigures, fused.toFixed(5)]
  const title = headingPath.at(-1)
  return { cells, detail: `${reason} – ${file}, lines ${startLine}–${endLine}${title === undefined ? '' : `: ${title}`}` }
}

function toFigure(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(3)
}

function toRank(rank: number | undefined): string {
  return rank === undefined ? '–' : String(rank)
}

function formatBudget(budget: ExplainedBudget, columns: number): string {
  const { aimTokens, limitTokens, charactersPerToken, aroundCharacters, passages } = budget
  const lead = `At most ${aimTokens} tokens (one passage alone ${limitTokens}), estimated at ${charactersPerToken} characters each; rules and question take ${aroundCharacters} characters.`
  const rows = passages.map(({ rank, characters, tokens, promptTokens, reason }) => ({
    cells: [String(rank), String(characters), String(tokens), String(promptTokens), reason],
  }))
  const table = rows.length === 0 ? [] : [formatTable(['passage', 'characters', 'tokens', 'prompt so far', ''], rows, columns)]
  return [wrapIndented(lead, { columns, indent: '  ' }), ...table].join('\n')
}

function formatConfidence(
  signals: readonly ConfidenceSignal[],
  { answerableFrom, columns }: { readonly answerableFrom: number; readonly columns: number },
): string {
  if (signals.length === 0)
    return `  0.000, because nothing was found: below the ${answerableFrom.toFixed(3)} from which the books are taken to answer`
  const total = signals.reduce((sum, { adds }) => sum + adds, 0)
  const value = 1 / (1 + Math.exp(-total))
  const rows = signals.map((signal) => ({ cells: [signal.name, signal.value.toFixed(3), signal.adds.toFixed(3)] }))
  const verdict = `${value >= answerableFrom ? 'at or above' : 'below'} the ${answerableFrom.toFixed(3)} from which the books are taken to answer`
  const sum = `sum ${total.toFixed(3)}; 1 / (1 + e^${(-total).toFixed(3)}) = ${value.toFixed(3)}, ${verdict}`
  return `${formatTable(['signal', 'value', 'adds'], rows, columns)}\n${wrapIndented(sum, { columns, indent: '  ' })}`
}
