import type { SystemReport } from '../../evaluation/eval-report.js'
import type { RankedQuestion } from '../../evaluation/evaluate.js'
import { countAnswers } from '../../evaluation/find-answering-ranks.js'
import { type GoldenQuestion, toAskedText } from '../../evaluation/golden-questions.js'
import { scoreRankings } from '../../evaluation/score-rankings.js'
import { analyzeText } from '../../word-search/analyze-text.js'

const paraphrases = 'paraphrase'

/** Name of the row below that of the class. */
export const strictParaphrases = 'paraphrase, strict'

/** Whether a paraphrase shares no word, by stem and without stop words, with the heading of any section that answers it. */
export function isStrictParaphrase(question: Pick<GoldenQuestion, 'class' | 'sections' | 'question' | 'standalone'>): boolean {
  if (question.class !== paraphrases) return false
  const headings = new Set(question.sections.flatMap(({ title }) => analyzeText(title)))
  return analyzeText(toAskedText(question)).every((term) => !headings.has(term))
}

/** The report with a row for the strict paraphrases below that of their class; as it is where there are none. */
export function addStrictRow(report: SystemReport, searches: readonly RankedQuestion[]): SystemReport {
  const strict = searches.filter(({ question }) => isStrictParaphrase(question))
  if (strict.length === 0) return report
  const row = {
    class: strictParaphrases,
    ...scoreRankings(strict.map(({ question, ranks }) => ({ class: strictParaphrases, ranks, answers: countAnswers(question) }))),
  }
  return { ...report, classes: report.classes.flatMap((score) => (score.class === paraphrases ? [score, row] : [score])) }
}

/** How many of the paraphrases are strict, in a sentence; none without paraphrases. */
export function tellStrictParaphrases(questions: readonly GoldenQuestion[]): readonly string[] {
  const all = questions.filter(({ class: name }) => name === paraphrases).length
  const strict = questions.filter(isStrictParaphrase).length
  if (all === 0) return []
  return [`"${strictParaphrases}" are the ${strict} of ${all} paraphrases that share no word stem with a heading of their sections.`]
}
