import { type RankedQuestion, rankingDepth } from '../../evaluation/evaluate.js'
import { findAnsweringRanks } from '../../evaluation/find-answering-ranks.js'
import { type GoldenQuestion, toAskedText } from '../../evaluation/golden-questions.js'
import type { Library } from '../../library/library.js'
import { createLunr } from './rivals/lunr-rival.js'
import { createDefaultMiniSearch, createTunedMiniSearch } from './rivals/minisearch-rivals.js'
import type { Rival, RivalPassage } from './rivals/rival.js'
import { createSqlite } from './rivals/sqlite-rival.js'

/** One system's ranks, question by question in the order given. */
export interface SystemRun {
  readonly name: string
  readonly searches: readonly RankedQuestion[]
}

const creators: readonly ((passages: readonly RivalPassage[]) => Rival)[] = [
  createTunedMiniSearch,
  createDefaultMiniSearch,
  createLunr,
  createSqlite,
]

/** All questions asked of all rivals, over the very passages of our own index. */
export function runRivals(questions: readonly GoldenQuestion[], library: Library): readonly SystemRun[] {
  const passages = listRivalPassages(library)
  return creators.map((create) => {
    const rival = create(passages)
    try {
      return runRival(questions, rival, library)
    } finally {
      rival.close()
    }
  })
}

/** Every passage of the index with its heading path and clean text. */
export function listRivalPassages(library: Library): readonly RivalPassage[] {
  return Array.from({ length: library.passageCount }, (_, number) => ({
    number,
    heading: library.sectionOf(number).section.headingPath.join('\n'),
    text: library.cleanTextOf(number),
  }))
}

function runRival(questions: readonly GoldenQuestion[], rival: Rival, library: Library): SystemRun {
  // The first search of a process is slower; ours is not counted either.
  rival.search(questions.map(toAskedText)[0] ?? '', rankingDepth)
  const searches = questions.map((question) => {
    const started = performance.now()
    const numbers = rival.search(toAskedText(question), rankingDepth)
    const ms = performance.now() - started
    const ranks = findAnsweringRanks(
      question,
      numbers.map((number) => library.passage(number)),
    )
    return { question, ranks, ms }
  })
  return { name: rival.name, searches }
}
