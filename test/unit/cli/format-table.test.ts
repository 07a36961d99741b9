import { describe, expect, test } from 'vitest'
import { formatTable, wrapIndented } from '../../../src/cli/format-table.js'

const headings = ['word', 'passages', 'rarity']
const rows = [{ cells: ['volum', '131', '1.762'], detail: 'the detail of a row stands below it' }, { cells: ['prune', '7', '–'] }]

describe('formatTable', () => {
  test('aligns words to the left and numbers to the right, below their headings', () => {
    expect(formatTable(headings, rows, Number.POSITIVE_INFINITY)).toBe(
      [
        '  word   passages  rarity',
        '  volum       131   1.762',
        '    the detail of a row stands below it',
        '  prune         7       –',
      ].join('\n'),
    )
  })

  test('tells each row as pairs where the table is wider than the terminal, no line wider than that', () => {
    const table = formatTable(headings, rows, 24)
    expect(table.split('\n')).toEqual([
      '  word volum, passages',
      '  131, rarity 1.762',
      '    the detail of a row',
      '    stands below it',
      '  word prune, passages',
      '  7, rarity –',
    ])
  })

  test('takes the whole width and not a column more', () => {
    const width = formatTable(headings, [{ cells: ['volum', '131', '1.762'] }], 200).indexOf('\n')
    expect(formatTable(headings, rows, width).startsWith('  word ')).toBe(true)
    expect(formatTable(headings, rows, width - 1).startsWith('  word volum')).toBe(true)
  })
})

test('wrapIndented indents every line', () => {
  expect(wrapIndented('one two three', { columns: 10, indent: '   ' })).toBe('   one two\n   three')
})
