import { expect, test } from 'vitest'
import { splitRows } from '../../../../src/answer/quotable-units/split-rows.js'
import { splitUnits } from '../../../../src/answer/quotable-units/split-units.js'

test.each([
  ['outer bars', '| Flag | Means |\n|---|---|\n| `--rm` | removes it |\n|`-d`|goes on|', ['`--rm` | removes it', '`-d`|goes on']],
  ['no outer bars', 'Flag | Means\n--- | ---\n`--rm` | removes it', ['`--rm` | removes it']],
  ['an escaped bar at the end', '| a | b |\n|---|---|\n| x | y \\|', ['x | y \\|']],
  ['Windows line ends', '| a | b |\r\n|---|---|\r\n| x | y |\r\n', ['x | y']],
  ['an empty row', '| a | b |\n|---|---|\n| | |\n| x | y |', ['x | y']],
])('splitRows gives the rows of a table with %s as exact slices', (_, table, rows) => {
  const text = `Lead.\n\n${table}`
  const unit = splitUnits(text).find(({ kind }) => kind === 'table')
  const found = unit === undefined ? [] : splitRows(unit)
  expect(found.map((row) => row.text)).toEqual(rows)
  for (const row of found) expect(text.slice(row.start, row.end)).toBe(row.text)
})
