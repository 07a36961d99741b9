import type { Embedder } from '../../core/ports/embedder.js'
import type { VectorIndex } from '../../core/ports/vector-index.js'
import type { LegHit } from './fuse-rankings.js'

/** What the dense leg needs: vectors of the library's windows and the embedder that made them. */
export interface DenseParts {
  readonly embedder: Embedder
  readonly vectorIndex: VectorIndex
  /** Passage number of each window. */
  readonly windowPassages: Uint32Array
  /** The vectors themselves, for the background that a similarity is judged against. */
  readonly vectors: Float32Array
}

export interface MeaningLeg {
  /** The nearest passages, and those that were named to be judged too. */
  readonly hits: readonly LegHit[]
  /** Mean similarity of the question to windows spread over the whole library: what "no relation" looks like for this question. */
  readonly background: number
}

/** Windows looked at per passage wanted: a passage has two or three, and all of them may be near the question. */
const windowsPerPassage = 4
const backgroundWindows = 64

export interface MeaningRequest {
  readonly count: number
  readonly accepts: (passageNumber: number) => boolean
  /** Passages that the other leg found: they get their similarity also when they are not among the nearest. */
  readonly alsoJudge: readonly number[]
  readonly signal?: AbortSignal
}

/** The dense leg: a passage is as similar as its best window. Best first. */
export async function findByMeaning(question: string, parts: DenseParts, options: MeaningRequest): Promise<MeaningLeg> {
  const vector = await embedQuestion(question, parts.embedder, options.signal)
  const passageOf = (label: number) => parts.windowPassages[label] ?? 0
  const found = parts.vectorIndex.search(vector, options.count * windowsPerPassage, (label) => options.accepts(passageOf(label)))
  const best = new Map<number, number>()
  for (const { label, similarity } of found) {
    const passageNumber = passageOf(label)
    if (!best.has(passageNumber)) best.set(passageNumber, similarity)
  }
  const nearest = [...best].slice(0, options.count)
  const known = new Set(nearest.map(([passageNumber]) => passageNumber))
  const judged = options.alsoJudge
    .filter((number) => !known.has(number))
    .map((number) => [number, measureSimilarity(vector, number, parts)] as const)
  const hits = [...nearest, ...judged].map(([passageNumber, score]) => ({ passageNumber, score }))
  return { hits: hits.sort((left, right) => right.score - left.score), background: measureBackground(vector, parts) }
}

/** Similarity of the passage's best window; windows stand in passage order. */
function measureSimilarity(vector: Float32Array, passageNumber: number, { windowPassages, vectors }: DenseParts): number {
  let best = -1
  for (let window = findFirstWindow(windowPassages, passageNumber); windowPassages[window] === passageNumber; window++) {
    best = Math.max(best, multiply(vector, vectors, window))
  }
  return best
}

function findFirstWindow(windowPassages: Uint32Array, passageNumber: number): number {
  let low = 0
  let high = windowPassages.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((windowPassages[middle] ?? 0) < passageNumber) low = middle + 1
    else high = middle
  }
  return low
}

function multiply(vector: Float32Array, vectors: Float32Array, window: number): number {
  const start = window * vector.length
  let product = 0
  for (let position = 0; position < vector.length; position++) product += (vector[position] ?? 0) * (vectors[start + position] ?? 0)
  return product
}

// A question longer than a window is searched by its beginning and its end together: the rest is rarely what was asked.
async function embedQuestion(question: string, embedder: Embedder, signal: AbortSignal | undefined): Promise<Float32Array> {
  const [vector] = await embedder.embed([fitWindow(question, embedder)], signal === undefined ? {} : { signal })
  if (vector === undefined) throw new RangeError('the embedder returned no vector for the question')
  return vector
}

function fitWindow(question: string, embedder: Embedder): string {
  const fits = (text: string) => embedder.countTokens(text) <= embedder.maxWindowTokens
  if (question.length < 2000 && fits(question)) return question
  const words = question.split(/\s+/).map((word) => word.slice(0, 40))
  let low = 0
  let high = Math.min(words.length, embedder.maxWindowTokens)
  const ends = (count: number) => [...words.slice(0, Math.ceil(count / 2)), ...words.slice(words.length - Math.floor(count / 2))].join(' ')
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(ends(middle))) low = middle
    else high = middle - 1
  }
  return ends(Math.max(low, 1))
}

function measureBackground(vector: Float32Array, parts: DenseParts): number {
  const windows = parts.windowPassages.length
  const step = Math.max(1, Math.floor(windows / backgroundWindows))
  let total = 0
  let count = 0
  for (let window = 0; window < windows; window += step) {
    total += multiply(vector, parts.vectors, window)
    count++
  }
  return count === 0 ? 0 : total / count
}
