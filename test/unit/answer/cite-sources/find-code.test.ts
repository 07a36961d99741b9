import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CodeTracker, endsInsideCode, findCode } from '../../../../src/answer/cite-sources/find-code.js'

test.each([
  ['`a', true],
  ['`a`', false],
  ['``a`', true],
  ['a ` b\n\nc', false],
  ['```\na', true],
  ['```\na\n```', false],
  ['```\na\n```\n', false],
  ['a ` b\n```\nc\n\nd', true],
])('endsInsideCode knows where %j ends', (text, isInside) => {
  expect(endsInsideCode(text)).toBe(isInside)
})

test('findCode gives spans and fences in order, with their ends', () => {
  const text = 'Use `a` and ``b ` c``.\n\n~~~sh\nls\n~~~\nEnd `d'
  expect(findCode(text).map(({ start, end, closed }) => [text.slice(start, end), closed])).toEqual([
    ['`a`', true],
    ['``b ` c``', true],
    ['~~~sh\nls\n~~~', true],
    ['`d', false],
  ])
})

describe('CodeTracker', () => {
  test('says of every growing text what endsInsideCode says of the whole', () => {
    const part = fc.constantFrom('`', '``', '```', '~~~', '\n', '\n\n', ' ', 'x', '[', '```sh\n', '   ```\n', 'a `b` ')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 25 }), fc.constantFrom('', ' ', '\n', '\n\n'), (parts, gap) => {
        const tracker = new CodeTracker()
        let whole = ''
        for (const one of parts) {
          tracker.append(one)
          whole += one
          // Only what a bracket follows is asked: a tick at the very end may still grow.
          if (!/[`~]$/.test(whole)) expect(tracker.endsInside(gap)).toBe(endsInsideCode(whole + gap))
        }
      }),
      { numRuns: 2000 },
    )
  })
})
