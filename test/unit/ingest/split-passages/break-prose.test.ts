import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakProse } from '../../../../src/ingest/split-passages/break-prose.js'

const whole = (text: string) => ({ start: 0, end: text.length })

describe('cutting an oversized block', () => {
  it('gives pieces that concatenate back to the block, whatever it holds', async () => {
    const unit = fc.constantFrom('word', ' ', '\n', '\r\n', '\n\n', '. ', ', ', '🐳', '容器。', 'same same same ', '\t', 'x'.repeat(90))
    const text = fc.array(unit, { maxLength: 400 }).map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(text, fc.nat(40), async (content, before) => {
        const source = `${'same '.repeat(before)}${content}`
        const range = { start: before * 5, end: source.length }
        const pieces = await breakProse(source, range, 30)
        expect(pieces.map(({ start, end }) => source.slice(start, end)).join('')).toBe(content)
        expect(pieces.every(({ start, end }) => start < end || content === '')).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('cuts between sentences, each keeping its full stop', async () => {
    const text = Array.from({ length: 30 }, (_sentence, at) => `Sentence number ${at} has a few words.`).join(' ')
    const pieces = (await breakProse(text, whole(text), 30)).map(({ start, end }) => text.slice(start, end))
    expect(pieces.length).toBeGreaterThan(5)
    for (const piece of pieces) expect(piece).toMatch(/^Sentence .*\.\s*$/)
  })

  it('finds pieces that repeat at the place where they were taken', async () => {
    const text = 'again and again. '.repeat(200)
    const pieces = await breakProse(text, whole(text), 20)
    expect(pieces.map(({ start }) => start)).toEqual([...new Set(pieces.map(({ start }) => start))].sort((left, right) => left - right))
    expect(Math.max(...pieces.map(({ start, end }) => end - start))).toBeLessThan(300)
  })

  it('halves no character of two code units', async () => {
    const text = '🐳'.repeat(3000)
    for (const { start, end } of await breakProse(text, whole(text), 20)) expect(text.slice(start, end)).toMatch(/^(?:🐳)+$/u)
  })
})
