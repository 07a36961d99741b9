import type { Block, Inline, Line } from './markdown-tree.js'
import { parseInline } from './parse-inline.js'

const delimiterRow = /^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$/

/** The lines of a table; without the row of dashes below the first one (it may still be coming) they are shown as they are written. */
export function parseTable(lines: readonly Line[]): Block {
  const [head, delimiter, ...rows] = lines
  if (head === undefined || delimiter === undefined || !delimiterRow.test(delimiter.text.trim())) {
    return { kind: 'fence', text: lines.map((line) => line.text.trim()).join('\n'), language: '' }
  }
  return { kind: 'table', head: toCells(head), rows: rows.map(toCells) }
}

function toCells({ text, start }: Line): readonly (readonly Inline[])[] {
  const borders = findBorders(text)
  const cells = borders.slice(1).map((end, index) => ({ from: (borders[index] ?? -1) + 1, to: end }))
  const closed = text.trimEnd().endsWith('|') ? cells : [...cells, { from: (borders.at(-1) ?? -1) + 1, to: text.length }]
  return closed.map(({ from, to }) => {
    const cell = text.slice(from, to)
    const indent = cell.length - cell.trimStart().length
    return parseInline([{ text: cell.trim(), start: start + from + indent }])
  })
}

/** Where the bars stand that part cells: not the escaped ones, nor those in a code span. */
function findBorders(text: string): readonly number[] {
  const borders = text.trimStart().startsWith('|') ? [] : [-1]
  let isCode = false
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '`') isCode = !isCode
    else if (text[at] === '|' && !isCode) borders.push(at)
  }
  return borders
}
