import { toFilePlace } from '../../core/types/file-place.js'
import type { ExplainedPassage, ExplainedTerm, RetrievalExplanation } from '../../core/types/retrieval.js'
import type { Library } from '../../library/library.js'
import { countDocuments, measureRarity } from '../../word-search/bm25.js'
import type { Findings } from './findings.js'
import { answerableFrom } from './judge-confidence.js'

/** How many candidates beyond the kept ones are told. */
const droppedTold = 10

/** How a retrieval came about, from what was found on the way. */
export function explainRetrieval(library: Library, found: Findings): RetrievalExplanation {
  return {
    terms: explainTerms(library, found),
    concepts: found.lexical.concepts.map(({ terms, match, weight }) => ({ terms, match, weight })),
    fusion: found.scale,
    confidence: found.confidence.signals,
    answerableFrom,
    candidates: explainCandidates(library, found),
  }
}

function explainTerms({ terms: index }: Library, { terms }: Findings): readonly ExplainedTerm[] {
  return [...terms.weights.keys()].map((term) => {
    const repairedFrom = terms.repaired.get(term)
    const passages = countDocuments(index, term)
    return { term, ...(repairedFrom === undefined ? {} : { repairedFrom }), passages, rarity: measureRarity(index, term) }
  })
}

function explainCandidates(library: Library, found: Findings): readonly ExplainedPassage[] {
  const { fused, kept } = found
  const findReason = createReasons(library, found)
  const told = fused.map(({ passageNumber, scores }, place) => ({ passageNumber, scores, place, ...findReason(passageNumber, place) }))
  return told
    .filter(({ outcome, place }) => outcome !== 'dropped' || place < kept.length + droppedTold)
    .map(({ passageNumber, scores, outcome, reason }) => {
      const { id, file, headingPath, startLine, endLine } = library.passage(passageNumber)
      return { id, file, headingPath, startLine, endLine, scores, kept: outcome === 'kept', reason }
    })
}

interface Reason {
  readonly outcome: 'kept' | 'folded' | 'dropped'
  readonly reason: string
}

/** What became of a passage, by its number and its place in the fused order. */
function createReasons(library: Library, { fused, kept }: Findings): (passageNumber: number, place: number) => Reason {
  const ranks = new Map(kept.map(({ passageNumber }, place) => [passageNumber, place + 1]))
  const foldedInto = new Map(kept.flatMap(({ passageNumber, folded }) => folded.map((number) => [number, passageNumber] as const)))
  const bookOf = (passageNumber: number) => library.sectionOf(passageNumber).book
  const lastKept = fused.findLastIndex(({ passageNumber }) => ranks.has(passageNumber))
  return (passageNumber, place) => {
    const rank = ranks.get(passageNumber)
    if (rank !== undefined) return { outcome: 'kept', reason: `kept as number ${rank}` }
    const twin = foldedInto.get(passageNumber)
    if (twin !== undefined) {
      return {
        outcome: 'folded',
        reason: `folded: nearly the same words as number ${ranks.get(twin)}, ${toFilePlace(library.passage(twin))}`,
      }
    }
    if (place > lastKept) return { outcome: 'dropped', reason: `dropped: ranks below the ${kept.length} kept` }
    // Only where each book has one place is a passage left out that ranks above one that is kept.
    const first = fused.find((other) => bookOf(other.passageNumber) === bookOf(passageNumber))?.passageNumber ?? passageNumber
    const shown = ranks.get(first) ?? ranks.get(foldedInto.get(first) ?? first)
    return {
      outcome: 'dropped',
      reason: shown === undefined ? 'dropped: its book does not seem to answer' : `dropped: number ${shown} stands for its book`,
    }
  }
}
