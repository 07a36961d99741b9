import { expect, test } from 'vitest'
import { cutAtPlace, parsePlace } from '../../src/web/client/reader.js'

test.for([
  ['/books/handbook/sections/a', '#12-30', { bookId: 'handbook', sectionId: 'a', range: { start: 12, end: 30 } }],
  ['/books/Docker%20%E2%80%93%20Up/sections/a%2Fb', '', { bookId: 'Docker – Up', sectionId: 'a/b' }],
  ['/books/handbook/sections/a', '#source-1', { bookId: 'handbook', sectionId: 'a' }],
  ['/books/%E0%A4%A/sections/a', '', undefined],
  ['/books/handbook', '', undefined],
  ['/', '#12-30', undefined],
] as const)('%s%s names its place', ([pathname, hash, place]) => {
  expect(parsePlace({ pathname, hash })).toEqual(place)
})

test.for([
  [{ start: 102, end: 105 }, ['ab', 'cde', 'f']],
  [{ start: 100, end: 106 }, ['', 'abcdef', '']],
  [undefined, ['abcdef', '', '']],
  [{ start: 99, end: 102 }, ['abcdef', '', '']],
  [{ start: 104, end: 107 }, ['abcdef', '', '']],
  [{ start: 103, end: 103 }, ['abcdef', '', '']],
] as const)('a section at 100 is cut at %j', ([range, pieces]) => {
  expect(cutAtPlace({ text: 'abcdef', startOffset: 100 }, range)).toEqual(pieces)
})
