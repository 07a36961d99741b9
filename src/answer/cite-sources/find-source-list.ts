import { createCodeTest, findCode } from './find-code.js'
import { findMarkers } from './parse-markers.js'

const title =
  /^[ \t>]*(?:#{1,6}\s*)?(?:\*\*|__)?(?:sources?|references?|citations?|footnotes?)(?:\s+(?:used|cited))?(?:\*\*|__)?\s*:?\s*(?:\*\*|__)?(.*)$/i
const entry = /^[ \t>]*(?:[-*+]\s|\d{1,3}[.)]\s|[[【［])/
const rule = /^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$/

/**
 * Where the list of sources begins that a model sets below its answer, up to the end of the text: a line "Sources:" or a heading, then
 * nothing but list items and markers. The reader gets our own list. Undefined without one, or when nothing would be left.
 */
export function findSourceList(text: string): number | undefined {
  const lines = [...text.matchAll(/[^\n]*(?:\n|$)/g)].filter(([line]) => line !== '')
  const isCode = createCodeTest(findCode(text))
  const marked = lines.map(({ 0: line, index }) => ({ line: line.trimEnd(), index, isCode: isCode(index) }))
  const at = marked.findLastIndex((one) => !one.isCode && isTitle(one.line))
  if (at < 0 || marked.slice(at + 1).some((one) => one.isCode || !(one.line.trim() === '' || entry.test(one.line)))) return undefined
  const hasEntries = marked.slice(at).some(({ line }) => entry.test(line) || findMarkers(line).length > 0)
  const above = marked.slice(0, at).findLastIndex(({ line }) => line.trim() !== '')
  const first = rule.test(marked[above]?.line ?? '') ? above : at
  const start = marked[first]?.index ?? 0
  return hasEntries && text.slice(0, start).trim() !== '' ? start : undefined
}

// "Sources: [1], [2]" is one; "Sources are files" is a sentence.
function isTitle(line: string): boolean {
  const rest = title.exec(line)?.[1]
  if (rest === undefined) return false
  const words = findMarkers(rest).reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), rest)
  const isAlone = rest.trim() === '' && /[:#*_]/.test(line)
  return isAlone || (/:/.test(line) && rest.trim() !== '' && /^[\s,;.&]*(?:and)?[\s,;.&]*$/.test(words))
}
