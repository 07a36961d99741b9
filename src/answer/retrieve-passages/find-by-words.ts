import type { RetrievalPart } from '../../core/types/question.js'
import type { LexicalParts } from '../../core/types/retrieval.js'
import type { ConceptMatch, ConceptMatcher } from '../../docker-knowledge/concept-matcher.js'
import type { Library } from '../../library/library.js'
import { highestScore, measureRarity, scoreDocuments } from '../../word-search/bm25.js'
import { scoreConcept } from './concept-evidence.js'
import { createNeighbourEvidence } from './neighbour-evidence.js'
import type { QuestionTerms } from './read-question.js'
import { createTitleEvidence, toTitleFactor } from './title-evidence.js'

export interface LexicalHit {
  readonly passageNumber: number
  readonly score: number
  readonly parts: LexicalParts
}

export interface WeighedConcept extends ConceptMatch {
  /** Share of the best own score that a passage fully about the concept gets on top. */
  readonly weight: number
}

export interface LexicalLeg {
  readonly hits: readonly LexicalHit[]
  readonly concepts: readonly WeighedConcept[]
  /** 0 to 1: the best passage's BM25 by the question's own words against the highest that they could give. */
  readonly coverage: number
}

export interface LexicalRequest {
  readonly terms: QuestionTerms
  readonly concepts: ConceptMatcher
  readonly count: number
  readonly accepts: (passageNumber: number) => boolean
  readonly without: ReadonlySet<RetrievalPart>
}

/** "What is Docker?" scores low in the section of that title, because every passage says Docker: titles are read far down. */
const titledPassages = 1000
/** Neighbours are looked for in this many of the best passages. */
const neighbouredPassages = 100
/** A word that stands in `asks` by chance tells little; a question that is one of them asks for that section. */
const asksWeight = { least: 0.4, forWholeQuestion: 4 } as const
const conceptsTried = 3
/**
 * A concept's weight is its match times this, and more the less the books have the question's own words; never above 1. The second and the
 * third best count only as far as the books lack these words: "What does -p do?" needs no side topics.
 */
const conceptWeight = { least: 0.5, forUncovered: 1.5 } as const
const sideTopics = 0.7

interface Draft {
  words: number
  asks: number
  titleFactor: number
  neighbours: number
  concepts: number
}

/**
 * The lexical leg, best first: BM25 over stems and whole code words, raised by what the section's title and `asks` tell, by words that
 * stand side by side as in the question, and by the concepts that the question asks for. Every score is the sum of its parts.
 */
export function findByWords(library: Library, request: LexicalRequest): LexicalLeg {
  const drafts = scoreOwnWords(library, request)
  const best = highest(drafts, addUp)
  const possible = highestScore(library.terms, request.terms.weights)
  const coverage = possible === 0 ? 0 : Math.min(1, highest(drafts, ({ words }) => words) / possible)
  const concepts = weighConcepts(request, coverage)
  // Where no book has a word of the question, the concepts alone must order the passages.
  const scale = best === 0 ? 1 : best
  for (const concept of concepts) addConcept(drafts, { library, concept, scale, request })
  const hits = rank([...drafts])
  if (request.without.has('neighbours')) return { hits: hits.slice(0, request.count), concepts, coverage }
  const measure = createNeighbourEvidence(library.terms, request.terms.sequence)
  const neighboured = hits.slice(0, Math.max(neighbouredPassages, request.count)).map(({ passageNumber, parts }, place) => {
    return [passageNumber, place < neighbouredPassages ? { ...parts, neighbours: measure(passageNumber) } : parts] as const
  })
  return { hits: rank(neighboured).slice(0, request.count), concepts, coverage }
}

function scoreOwnWords(library: Library, { terms, count, accepts, without }: LexicalRequest): Map<number, Draft> {
  const depth = Math.max(count, titledPassages)
  const drafts = new Map<number, Draft>()
  for (const { document, score } of scoreDocuments(library.terms, terms.weights, { count: depth, accepts })) {
    draftOf(drafts, document).words = score
  }
  if (!without.has('asks')) {
    const weights = weighForAsks(library, terms.weights)
    const possible = highestScore(library.asks, weights)
    // One word is a part of many asks, and the whole of none.
    const wholeQuestion = weights.size > 1 ? asksWeight.forWholeQuestion : 0
    for (const { document, score } of scoreDocuments(library.asks, weights, { count: depth, accepts })) {
      draftOf(drafts, document).asks = score * (asksWeight.least + wholeQuestion * (score / possible) ** 2)
    }
  }
  if (!without.has('titles')) {
    const measure = createTitleEvidence(library.terms, [[...terms.weights.keys()]])
    for (const [document, draft] of drafts) draft.titleFactor = toTitleFactor(measure(document))
  }
  return drafts
}

// Few sections have asks, so every word is rare among them: "docker" must not weigh more there than in the books' text.
function weighForAsks({ terms, asks }: Library, weights: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map([...weights].map(([term, weight]) => [term, weight * Math.min(1, measureRarity(terms, term) / measureRarity(asks, term))]))
}

function weighConcepts({ terms, concepts, without }: LexicalRequest, coverage: number): readonly WeighedConcept[] {
  if (without.has('concepts')) return []
  const factor = conceptWeight.least + conceptWeight.forUncovered * (1 - coverage)
  return concepts.match([...terms.weights.keys()], conceptsTried).map((found, place) => {
    const share = place === 0 ? 1 : 1 - sideTopics * coverage
    return { ...found, weight: Math.min(1, factor * found.match) * share }
  })
}

function addConcept(
  drafts: Map<number, Draft>,
  { library, concept, scale, request }: { library: Library; concept: WeighedConcept; scale: number; request: LexicalRequest },
): void {
  for (const [document, share] of scoreConcept(library, concept, request.accepts)) {
    draftOf(drafts, document).concepts += concept.weight * share * scale
  }
}

function highest(drafts: ReadonlyMap<number, Draft>, measure: (draft: Draft) => number): number {
  let best = 0
  for (const draft of drafts.values()) best = Math.max(best, measure(draft))
  return best
}

function draftOf(drafts: Map<number, Draft>, document: number): Draft {
  let draft = drafts.get(document)
  if (draft === undefined) {
    draft = { words: 0, asks: 0, titleFactor: 1, neighbours: 0, concepts: 0 }
    drafts.set(document, draft)
  }
  return draft
}

function rank(drafts: readonly (readonly [number, LexicalParts])[]): readonly LexicalHit[] {
  const hits = drafts.map(([passageNumber, parts]) => ({ passageNumber, score: addUp(parts), parts }))
  return hits.sort((left, right) => right.score - left.score || left.passageNumber - right.passageNumber)
}

/** The lexical score that its parts add up to. */
export function addUp({ words, asks, titleFactor, neighbours, concepts }: LexicalParts): number {
  return (words + asks) * titleFactor + neighbours + concepts
}
