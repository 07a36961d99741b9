import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadModelTokenizer } from '../../../../src/adapters/embedding-model/model-tokenizer.js'
import { cutWindows, type WindowMeasure } from '../../../../src/ingest/embed-passages/cut-windows.js'
import { createFakeEmbedder } from '../../../helpers/fake-embedder.js'
import { getModelFolder } from '../../../helpers/model-folder.js'

const words = createFakeEmbedder({ maxWindowTokens: 12 })
const withoutSpace = (text: string) => text.replace(/\s+/g, '')

async function realMeasure(): Promise<WindowMeasure> {
  const { countTokens } = await loadModelTokenizer(await getModelFolder())
  return { countTokens, maxWindowTokens: 126 }
}

describe('cutWindows', () => {
  it('puts a short passage into one window with its heading path before it', () => {
    expect(cutWindows({ headingPath: ['Images', 'Layers'], cleanText: 'A layer is cached.\n' }, words)).toEqual([
      'Images › Layers: A layer is cached.',
    ])
  })

  it('gives a passage without headings its bare text, and a passage without text its headings', () => {
    expect(cutWindows({ headingPath: [], cleanText: 'One line.' }, words)).toEqual(['One line.'])
    expect(cutWindows({ headingPath: ['Volumes'], cleanText: ' \n' }, words)).toEqual(['Volumes:'])
    expect(cutWindows({ headingPath: [], cleanText: '' }, words)).toEqual([])
  })

  it('cuts behind lines when whole lines fit', () => {
    const cleanText = 'one two three four five six\nseven eight nine ten\neleven twelve thirteen'
    expect(cutWindows({ headingPath: [], cleanText }, words)).toEqual([
      'one two three four five six\nseven eight nine ten',
      'eleven twelve thirteen',
    ])
  })

  it('cuts a long line behind its sentences', () => {
    const cleanText = 'One two three four five six seven. Eight nine ten eleven twelve thirteen. End.'
    expect(cutWindows({ headingPath: [], cleanText }, words)).toEqual([
      'One two three four five six seven.',
      'Eight nine ten eleven twelve thirteen. End.',
    ])
  })

  it('drops headings from the top, then words of the last one, so that headings take a third at most', () => {
    const first = (headingPath: readonly string[]) => cutWindows({ headingPath, cleanText: 'text' }, words)[0]
    expect(first(['A book', 'A chapter', 'Section'])).toBe('Section: text')
    expect(first(['a heading with far too many words'])).toBe('too many words: text')
  })

  it('holds every part of any text, in order, in windows that fit', () => {
    const piece = fc.oneof(
      fc.lorem({ maxCount: 8 }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\n', '\n\n', '. ', '\f', '\uFEFF', '🐳'),
    )
    const source = fc.record({
      headingPath: fc.array(fc.lorem({ maxCount: 5 }), { maxLength: 3 }),
      cleanText: fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(' ')),
    })
    fc.assert(
      fc.property(source, ({ headingPath, cleanText }) => {
        const windows = cutWindows({ headingPath, cleanText }, words)
        for (const window of windows) expect(words.countTokens(window)).toBeLessThanOrEqual(12)
        // Without headings the windows are the text itself.
        const bare = cutWindows({ headingPath: [], cleanText }, words)
        expect(withoutSpace(bare.join(''))).toBe(withoutSpace(cleanText))
      }),
    )
  })

  it("keeps any text within the real tokenizer's window, characters that it drops included", async () => {
    const measure = await realMeasure()
    const piece = fc.constantFrom(
      'docker run -d -p 8080:80 nginx',
      'unbelievablyLongIdentifier_with_parts',
      'a\fb',
      '\u0000',
      'x\uFEFFy',
      'é漢字',
      '. ',
      '\n',
    )
    fc.assert(
      fc.property(fc.array(piece, { minLength: 30, maxLength: 120 }), fc.constantFrom('', ' '), (pieces, glue) => {
        const cleanText = pieces.join(glue)
        const windows = cutWindows({ headingPath: ['Running containers'], cleanText }, measure)
        for (const window of windows) expect(measure.countTokens(window)).toBeLessThanOrEqual(126)
        expect(withoutSpace(windows.map((window) => window.slice('Running containers: '.length)).join(''))).toBe(withoutSpace(cleanText))
      }),
      { numRuns: 40 },
    )
  })

  it('measures whole windows, because words that only a form feed parts are one word to the tokenizer', async () => {
    const measure = await realMeasure()
    const cleanText = 'docker\fdocker\fdocker '.repeat(100)
    const windows = cutWindows({ headingPath: [], cleanText }, measure)
    for (const window of windows) expect(measure.countTokens(window)).toBeLessThanOrEqual(126)
    expect(withoutSpace(windows.join(''))).toBe(withoutSpace(cleanText))
  })

  it('cuts a single word of 10,000 characters, letters only or full of punctuation', async () => {
    const measure = await realMeasure()
    for (const cleanText of ['ab.c-d'.repeat(1667).slice(0, 10_000), 'a'.repeat(10_000)]) {
      const windows = cutWindows({ headingPath: [], cleanText }, measure)
      expect(windows.join('')).toBe(cleanText)
      for (const window of windows) expect(measure.countTokens(window)).toBeLessThanOrEqual(126)
    }
  })
})
