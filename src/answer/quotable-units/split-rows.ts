import type { QuotableUnit } from './split-units.js'

/** The rows of a table behind its header, each without its outer bars, so that it reads as a line of its own: exact slices, in order. */
export function splitRows(table: QuotableUnit): readonly QuotableUnit[] {
  return [...table.text.matchAll(/[^\r\n]+/g)]
    .slice(2)
    .map(({ 0: line, index }) => toRow(table, line, index))
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
}

function toRow(table: QuotableUnit, line: string, index: number): QuotableUnit {
  const lead = /^\s*\|?\s*/.exec(line)?.[0].length ?? 0
  const text = line.slice(lead).replace(/\s*(?<!\\)\|?\s*$/, '')
  const start = table.start + index + lead
  return { kind: 'row', block: table.block, text, start, end: start + text.length }
}
