import { wrapWords } from './wrap-words.js'

export interface TableRow {
  readonly cells: readonly string[]
  /** Told on lines of its own below the row. */
  readonly detail?: string
}

const indent = '  '
const detailIndent = '    '

/**
 * Rows below their headings, numbers to the right; where that is wider than `columns`, each row as a list of headings and values. Lines
 * are broken between words only.
 */
export function formatTable(headings: readonly string[], rows: readonly TableRow[], columns: number): string {
  const widths = headings.map((heading, at) => Math.max(heading.length, ...rows.map(({ cells }) => cells[at]?.length ?? 0)))
  const width = indent.length + widths.reduce((sum, one) => sum + one, 0) + 2 * (headings.length - 1)
  const fits = width <= columns
  const isNumber = headings.map((_, at) => rows.every(({ cells }) => /^[-–\d.]*$/.test(cells[at] ?? '')))
  const align = (cells: readonly string[]) =>
    `${indent}${cells.map((cell, at) => (isNumber[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join('  ')}`.trimEnd()
  const pair = (cells: readonly string[]) =>
    wrapIndented(cells.flatMap((cell, at) => (cell === '' ? [] : [`${headings[at]} ${cell}`])).join(', '), { columns, indent })
  const lines = rows.flatMap(({ cells, detail }) => [
    fits ? align(cells) : pair(cells),
    ...(detail === undefined ? [] : [wrapIndented(detail, { columns, indent: detailIndent })]),
  ])
  return [...(fits ? [align(headings)] : []), ...lines].join('\n')
}

/** The text broken into lines of at most `columns` characters, each of them indented. */
export function wrapIndented(text: string, { columns, indent }: { readonly columns: number; readonly indent: string }): string {
  return `${indent}${wrapWords(text, columns - indent.length).replaceAll('\n', `\n${indent}`)}`
}
