import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { focusQuestion } from '../../../../src/answer/focus-question/focus-question.js'

const words = (count: number) => Array.from({ length: count }, (_, n) => `word${n}`).join(' ')

describe('focusQuestion', () => {
  it.each(['What is an image?', '', 'docker run --rm -it alpine sh\nwhat does this do?', words(200)])(
    'leaves a question of usual length as it is: %j',
    (text) => {
      expect(focusQuestion(text)).toBe(text)
    },
  )

  it('keeps beginning and end of a very long text, cut between words', () => {
    const text = `what is a volume? ${words(2000)} and how do I remove it?`
    const focused = focusQuestion(text)
    expect(focused.length).toBeLessThanOrEqual(2_010)
    expect(focused).toMatch(/^what is a volume\? word0 .*… .* and how do I remove it\?$/)
    const whole = new Set(text.split(' '))
    expect(
      focused
        .replace('…', '')
        .split(/\s+/)
        .filter((word) => !whole.has(word)),
    ).toEqual([])
  })

  it('takes the error lines of a long log, not its beginning and end', () => {
    const log = Array.from({ length: 500 }, (_, n) => (n === 250 ? 'Error: no such container' : `07:08:09 GET /api/items/${n} 200`)).join(
      '\n',
    )
    expect(focusQuestion(log)).toBe('Error: no such container')
  })

  it('keeps within its length for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1_900, maxLength: 4_000 }), (text) => {
        expect(focusQuestion(text).length).toBeLessThanOrEqual(2_010)
      }),
      { numRuns: 30 },
    )
  })
})
