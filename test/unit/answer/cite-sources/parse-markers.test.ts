import { describe, expect, test } from 'vitest'
import { findMarkers, readMarker } from '../../../../src/answer/cite-sources/parse-markers.js'

describe('findMarkers', () => {
  const cases: readonly (readonly [name: string, text: string, numbers: readonly (readonly number[])[]])[] = [
    ['a plain marker', 'It is so [1].', [[1]]],
    ['neighbouring markers', 'It is so [1][2].', [[1], [2]]],
    ['numbers in one bracket', 'It is so [1, 2;3].', [[1, 2, 3]]],
    ['full-width brackets', 'It is so 【1】 and 【2†source】.', [[1], [2]]],
    ['a footnote marker', 'It is so [^4].', [[4]]],
    ['white space inside', 'It is so [ 7 ].', [[7]]],
    ['a word before the number', 'So [source 1], [Sources 1 and 3] and [passage #2].', [[1], [1, 3], [2]]],
    ['a slash between numbers', 'It is so [1/2].', [[1, 2]]],
    ['double and wide brackets', 'It is so [[1]] and ［2］.', [[1], [2]]],
    ['no round brackets', 'It is so (1), see (source 2).', []],
    ['no marker in a code span', 'Use `a[1]` here [2].', [[2]]],
    ['no marker in a fence', '```js\na[1]\n```\n\nSo [2].', [[2]]],
    ['no marker in a fence without its end', '~~~\na[1]', []],
    ['no link', 'See [1](http://a) and [2].', [[2]]],
    ['no definition', 'So [2].\n\n[1]: http://a', [[2]]],
    ['a marker before a colon', '**Client** [2]: it asks.', [[2]]],
    [
      'ranges and words between numbers',
      'So [1-3] and [2 and 4].',
      [
        [1, 2, 3],
        [2, 4],
      ],
    ],
    ['no escaped bracket', 'As \\[1] says [2].', [[2]]],
    ['no words in brackets', 'An [option] and [1a] and [] and [1234].', []],
  ]
  test.each(cases)('finds %s', (_, text, numbers) => {
    const markers = findMarkers(text)
    expect(markers.map((marker) => marker.numbers)).toEqual(numbers)
    for (const { start, end } of markers) expect(text.slice(start, end)).toMatch(/^[[【［].*[\]】］]$/s)
  })
})

describe('readMarker', () => {
  test.each([
    ['[', 'unfinished'],
    ['[1', 'unfinished'],
    ['[1, ', 'unfinished'],
    ['[1]', 'unfinished'],
    ['【1†so', 'unfinished'],
    ['[sou', 'unfinished'],
    ['[Source 1, 2', 'unfinished'],
    ['[see', 'text'],
    ['[a', 'text'],
    ['[1](', 'text'],
    ['[1] ', 'marker'],
  ])('takes %j in mid-stream for %s', (text, kind) => {
    expect(readMarker(text, 'A', false).kind).toBe(kind)
  })

  test('takes a marker at the very end for one', () => {
    expect(readMarker('[1]', 'A ', true)).toEqual({ kind: 'marker', length: 3, numbers: [1] })
  })
})
