import type { AnswerSentence, Support } from '../../core/types/answer.js'
import type { RankedPassage } from '../../core/types/retrieval.js'
import { type QuotableUnit, splitStatements } from '../quotable-units/split-units.js'
import { CitationList, type CitedPlace } from './citation-list.js'
import type { CitedText } from './cite-sources.js'
import { findSourceList } from './find-source-list.js'
import { type Claim, type JudgedPassage, judgeSupport, supportedFrom, toClaim, toSupport, weakFrom } from './judge-support.js'
import { findDefinitions, findMarkers, type Marker } from './parse-markers.js'

/** A part of the text that was copied from a book, its marker included. */
export interface QuotedRange {
  readonly start: number
  readonly end: number
  readonly n: number
}

export interface ReviewInput {
  /** The text as streamed; its markers name places of `list`. */
  readonly text: string
  readonly quoted: readonly QuotedRange[]
  readonly list: CitationList
  readonly passages: readonly RankedPassage[]
  readonly judged: readonly JudgedPassage[]
  readonly rarity: (term: string) => number
}

interface Statement {
  readonly unit: QuotableUnit
  readonly markers: readonly Marker[]
}

/** With fewer terms a statement claims nothing that could be compared. */
const leastClaim = 2

interface Verdict extends Statement {
  readonly isQuoted: boolean
  /** Whether it says enough to be judged; otherwise it is not listed among the sentences. */
  readonly isClaim: boolean
  readonly support: Support
  readonly places: readonly CitedPlace[]
}

interface Edit {
  readonly from: number
  readonly to: number
  readonly places: readonly CitedPlace[]
  /** What is written before the markers. */
  readonly lead?: string
}

/**
 * Checks every statement of the text against the passages: a citation whose passage does not support it is moved to one that does,
 * or removed; an uncited statement that a passage supports gets its citation; citations are numbered anew in reading order.
 */
export function reviewCitations(whole: ReviewInput): CitedText {
  const input = withoutSourceList(whole)
  const definitions = findDefinitions(input.text)
  const isDefined = ({ start }: { readonly start: number }) => definitions.some((line) => start >= line.start && start < line.end)
  const markers = findMarkers(input.text).filter((marker) => !isDefined(marker))
  const verdicts = toStatements(input.text, markers)
    .filter(({ unit }) => !isDefined(unit))
    .map((statement) => judge(statement, input))
  const owned = new Set(verdicts.flatMap((verdict) => verdict.markers))
  // A marker that belongs to nothing that could be checked shows nothing.
  const stray = markers.filter((marker) => !owned.has(marker))
  const removed = [...stray, ...definitions].map(({ start, end }) => ({ from: start, to: end, places: [] }))
  const edits = [...verdicts.flatMap((verdict) => toEdits(verdict, input.text)), ...removed].sort((left, right) => left.from - right.from)
  return applyEdits(input, edits, verdicts)
}

// The model's list names passages by the prompt's numbers, which the reader never sees.
function withoutSourceList(input: ReviewInput): ReviewInput {
  const start = findSourceList(input.text)
  const isQuoted = start === undefined || input.quoted.some(({ end }) => end > start)
  return isQuoted ? input : { ...input, text: input.text.slice(0, start).trimEnd() }
}

// A marker behind the full stop belongs to the sentence before it.
function toStatements(text: string, markers: readonly Marker[]): readonly Statement[] {
  const statements: { unit: QuotableUnit; markers: Marker[] }[] = []
  for (const unit of splitStatements(text)) {
    const inside = markers.filter((marker) => marker.start >= unit.start && marker.end <= unit.end)
    const leading = takeLeading(inside, unit, text)
    const previous = statements.at(-1)
    const own = previous === undefined ? inside : inside.slice(leading.count)
    if (previous !== undefined) previous.markers.push(...inside.slice(0, leading.count))
    if (leading.end < unit.end) {
      const { end } = withoutTrailing(own, { start: leading.end, end: unit.end }, text)
      statements.push({ unit: { ...unit, start: leading.end, end, text: text.slice(leading.end, end) }, markers: own })
    }
  }
  return statements.filter(({ unit, markers: found }) => found.length > 0 || toClaim(unit.text).terms.size >= leastClaim)
}

function takeLeading(markers: readonly Marker[], unit: QuotableUnit, text: string): { count: number; end: number } {
  let end = unit.start
  let count = 0
  for (const marker of markers) {
    if (text.slice(end, marker.start).trim() !== '') break
    end = marker.end
    count++
  }
  while (count > 0 && end < unit.end && /\s/.test(text[end] ?? '')) end++
  return { count, end }
}

function withoutTrailing(markers: readonly Marker[], range: { start: number; end: number }, text: string): { end: number } {
  let { end } = range
  for (const marker of [...markers].reverse()) {
    if (text.slice(marker.end, end).trim() !== '') break
    end = range.start + text.slice(range.start, marker.start).trimEnd().length
  }
  return { end }
}

function judge(statement: Statement, input: ReviewInput): Verdict {
  const { unit, markers } = statement
  const quoted = input.quoted.find((range) => unit.start >= range.start && unit.end <= range.end)
  if (quoted !== undefined)
    return { ...statement, isQuoted: true, isClaim: true, support: 'supported', places: toPlaces([quoted.n], input.list) }
  const asCited = markers.flatMap(({ numbers }) => toPlaces(numbers, input.list))
  const claim = toClaim(stripMarkers(unit.text))
  if (claim.terms.size < leastClaim) {
    const places = asCited.filter(({ passageNumber }) => isSubset(claim.terms, input.judged[passageNumber - 1]?.terms))
    return { ...statement, isQuoted: false, isClaim: false, support: 'weak', places }
  }
  return {
    ...statement,
    isQuoted: false,
    isClaim: true,
    ...choosePlaces(claim, new Set(asCited.map(({ passageNumber }) => passageNumber)), input),
  }
}

// The passages that the model named, where they support the claim; else the one that does best, if it does well.
function choosePlaces(claim: Claim, cited: ReadonlySet<number>, input: ReviewInput): Pick<Verdict, 'support' | 'places'> {
  const found = input.judged.map((passage, position) => {
    const { score, start, end } = judgeSupport(claim, passage, input.rarity)
    const offset = passage.passage.startOffset
    return { score, place: { passageNumber: position + 1, startOffset: offset + start, endOffset: offset + end } }
  })
  const byScore = [...found].sort((left, right) => right.score - left.score)
  const confirmed = found.filter(({ score, place }) => cited.has(place.passageNumber) && score >= weakFrom)
  const chosen = confirmed.length > 0 ? confirmed : byScore.slice(0, 1).filter(({ score }) => score >= supportedFrom)
  const score = Math.max(0, ...(chosen.length > 0 ? chosen : byScore).map((one) => one.score))
  return { support: toSupport(score), places: chosen.map(({ place }) => place) }
}

// The statement's last marker takes all its places; the others go. Code is never written into.
function toEdits({ unit, markers, places, isQuoted }: Verdict, text: string): readonly Edit[] {
  const last = markers.at(-1)
  if (last === undefined) {
    const staysBare = places.length === 0 || isQuoted || unit.kind === 'code' || unit.kind === 'table'
    return staysBare ? [] : [{ from: unit.end, to: unit.end, places }]
  }
  return markers.map((marker) => {
    if (marker === last && places.length > 0) {
      const first = startOfGroup(markers, text)
      const lead = first !== marker.start && /\s/.test(text[first - 1] ?? '') ? ' ' : ''
      return { from: marker.start, to: marker.end, places, lead }
    }
    const from = text.slice(0, marker.start).trimEnd().length
    // White space before a marker that goes is taken along, but only the statement's own.
    return { from: from >= unit.start ? from : marker.start, to: marker.end, places: [] }
  })
}

/** Where the run of markers begins that ends with the last one. */
function startOfGroup(markers: readonly Marker[], text: string): number {
  let start = markers.at(-1)?.start ?? 0
  for (const marker of [...markers].reverse()) {
    if (marker.end <= start && text.slice(marker.end, start).trim() === '') start = marker.start
  }
  return start
}

function toPlaces(numbers: readonly number[], list: CitationList): readonly CitedPlace[] {
  return numbers.map((n) => list.place(n)).filter((place) => place !== undefined)
}

function isSubset(claim: ReadonlySet<string>, terms: ReadonlySet<string> | undefined): boolean {
  return claim.size > 0 && [...claim].every((term) => terms?.has(term) === true)
}

function stripMarkers(text: string): string {
  return [...findMarkers(text)].reverse().reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
}

function applyEdits(input: ReviewInput, edits: readonly Edit[], verdicts: readonly Verdict[]): CitedText {
  const list = new CitationList(input.passages)
  let markdown = ''
  let position = 0
  const shifts: { readonly from: number; readonly to: number; readonly by: number }[] = []
  for (const { from, to, places, lead = '' } of edits) {
    const markers = places.map((place) => `[${list.number(place).n}]`).join('')
    const inserted = from === to ? ` ${markers}` : lead + markers
    markdown += input.text.slice(position, from) + inserted
    shifts.push({ from, to, by: inserted.length - (to - from) })
    position = to
  }
  markdown += input.text.slice(position)
  const moveStart = (offset: number) => offset + shifts.reduce((sum, { to, by }) => (to <= offset ? sum + by : sum), 0)
  const moveEnd = (offset: number) => offset + shifts.reduce((sum, { from, to, by }) => (from < offset && to <= offset ? sum + by : sum), 0)
  const claims = verdicts.filter(({ isClaim }) => isClaim)
  const sentences: AnswerSentence[] = claims.map(({ unit, support, places }) => ({
    start: moveStart(unit.start),
    end: moveEnd(unit.end),
    support,
    citations: places.map((place) => list.number(place).n),
  }))
  return { markdown, sentences, citations: list.citations() }
}
