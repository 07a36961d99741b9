import { createCodeTest, endsInsideCode, findCode } from './find-code.js'

/** A marker in a text: `[1]`, `[1, 2]`, `[1/2]`, `[[1]]`, `[source 1]`, `【1】` or `[1][2]` (two markers). UTF-16 offsets. */
export interface Marker {
  readonly start: number
  readonly end: number
  readonly numbers: readonly number[]
}

/** What a marker may begin with. */
export const openingBracket = /[[【［]/
const words = ['source', 'passage', 'excerpt', 'reference', 'ref', 'citation', 'document', 'doc', 'context']
const word = String.raw`(?:(?:${words.join('|')})s?\.?\s*[:#]?\s*)?#?\s*`
const numberList = String.raw`\d{1,3}(?:\s*(?:[,;&/+–-]|and)\s*(?:#|${words.join('|')})?\s*\d{1,3})*`
// Of full-width brackets, a dagger and what follows it are dropped.
const markerAtStart = new RegExp(
  String.raw`^(?:\[\^?\s*${word}(${numberList})\s*\]|\[\[\s*${word}(${numberList})\s*\]\]|［\s*${word}(${numberList})\s*］|【\s*${word}(${numberList})[^】\n]{0,20}】)`,
  'i',
)
const unfinishedNumbers = /^[[［]{1,2}\^?\s*([a-z]{0,12})\.?\s*[:#]?\s*(?:\d[\d\s,;&/+–a-z-]{0,40}\]?)?$|^【[^】\n]{0,30}$/i
const longestMarker = 64
const mostInRange = 20
const definitionLine = /^[ \t>]*(?:[-*+][ \t]+)?\[\^?\d{1,4}\]:.*$/gm

export type MarkerAtStart =
  | { readonly kind: 'marker'; readonly length: number; readonly numbers: readonly number[] }
  /** More text must come before we know. */
  | { readonly kind: 'unfinished' }
  | { readonly kind: 'text' }

/** What `text` begins with, behind `before`. A link (`[1](…)`) is no marker, nor is a definition (`[1]: …`) at the start of a line. */
export function readMarker(text: string, before: string, isComplete: boolean): MarkerAtStart {
  const found = markerAtStart.exec(text)
  if (found === null) return !isComplete && isUnfinished(text) ? { kind: 'unfinished' } : { kind: 'text' }
  const next = text[found[0].length]
  if (next === undefined && !isComplete) return { kind: 'unfinished' }
  if (next === '(' || (next === ':' && startsLine(before))) return { kind: 'text' }
  return { kind: 'marker', length: found[0].length, numbers: readNumbers(found.slice(1).find((list) => list !== undefined) ?? '') }
}

function isUnfinished(text: string): boolean {
  const found = text.length > longestMarker ? null : unfinishedNumbers.exec(text)
  const begun = found?.[1]?.toLowerCase() ?? ''
  return found !== null && words.some((one) => `${one}s`.startsWith(begun))
}

function startsLine(before: string): boolean {
  return before.slice(before.lastIndexOf('\n') + 1).trim() === ''
}

/** `1, 3-5 and 7` is 1, 3, 4, 5, 7; `1, source 2` is 1, 2. */
function readNumbers(list: string): readonly number[] {
  return list.split(/\s*(?:[,;&/+]|and)\s*/i).flatMap((part) => {
    const [first = 0, last = first] = part.split(/\s*[–-]\s*/).map((digits) => Number(digits.replace(/\D/g, '')))
    const count = Math.min(Math.max(last - first + 1, 1), mostInRange)
    return Array.from({ length: count }, (_, step) => first + step)
  })
}

/** All markers outside of code, in order. An escaped bracket (`\[1]`) is text. */
export function findMarkers(text: string): readonly Marker[] {
  const isCode = createCodeTest(findCode(text))
  const markers: Marker[] = []
  for (const { index } of text.matchAll(new RegExp(openingBracket, 'g'))) {
    const last = markers.at(-1)
    if ((last !== undefined && index < last.end) || text[index - 1] === '\\' || isCode(index)) continue
    const read = readMarker(text.slice(index, index + longestMarker + 2), text.slice(0, index), true)
    if (read.kind === 'marker') markers.push({ start: index, end: index + read.length, numbers: read.numbers })
  }
  return markers
}

/**
 * Lines such as `[1]: http://…` outside of code. They would turn our markers into links of the model's, so they do not stay.
 */
export function findDefinitions(text: string): readonly { readonly start: number; readonly end: number }[] {
  const isCode = createCodeTest(findCode(text))
  return [...text.matchAll(definitionLine)]
    .map(({ index, 0: line }) => ({ start: index, end: index + line.length }))
    .filter(({ start }) => !isCode(start))
}

/** Where the text ends in a marker that was cut off, with the white space and commas before it; undefined when it does not. */
export function findCutMarker(text: string): number | undefined {
  const from = Math.max(0, text.length - longestMarker)
  const openings = [...text.slice(from).matchAll(new RegExp(openingBracket, 'g'))]
  const opening = openings.find(({ index }) => isUnfinished(text.slice(from + index)))
  if (opening === undefined) return undefined
  let at = from + opening.index
  while (at > 0 && /[\s,]/.test(text[at - 1] ?? '')) at--
  return endsInsideCode(text.slice(0, at)) ? undefined : at
}
