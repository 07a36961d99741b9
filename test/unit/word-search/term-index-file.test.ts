import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyNumbersOf, scoreDocuments, termNumbersOf, titleNumbersOf } from '../../../src/word-search/bm25.js'
import { buildTermIndex } from '../../../src/word-search/build-term-index.js'
import { decodeTermIndex, encodeTermIndex } from '../../../src/word-search/term-index-file.js'

const index = buildTermIndex([
  { body: 'Контейнеры und Häfen 容器 🐳', headings: ['The book', 'EXPOSE --publish=8080:80'] },
  { body: 'docker-compose.yml', headings: ['The café'] },
  { body: '', headings: [] },
])
const damaged = (bytes: Uint8Array) => expect(() => decodeTermIndex(bytes, 'here/terms.bin'))

describe('encodeTermIndex and decodeTermIndex', () => {
  it('give back the same index, with terms of other scripts', () => {
    expect(index.terms).toEqual(expect.arrayContaining(['контейнеры', 'häfen', 'café', '容器']))
    expect(decodeTermIndex(encodeTermIndex(index), 'terms.bin')).toEqual({ ...index, meanLength: Math.fround(index.meanLength) })
  })

  it('give back the same index for any words', () => {
    const body = fc.string({ unit: 'grapheme', maxLength: 60 })
    fc.assert(
      fc.property(fc.array(body, { maxLength: 6 }), (bodies) => {
        const made = buildTermIndex(bodies.map((text) => ({ body: text, headings: ['A book', text] })))
        expect(decodeTermIndex(encodeTermIndex(made), 'terms.bin')).toEqual({ ...made, meanLength: Math.fround(made.meanLength) })
      }),
    )
  })

  it('give back where title and body begin, and the terms in reading order', () => {
    const read = decodeTermIndex(encodeTermIndex(index), 'terms.bin')
    const words = (numbers: Uint32Array) => [...numbers].map((number) => read.terms[number])
    expect(words(titleNumbersOf(read, 0))).toEqual(['EXPOSE', 'expos', '--publish', 'publish', '8080:80', '8080', '80'])
    expect(words(bodyNumbersOf(read, 0))).toEqual(['контейнеры', 'und', 'häfen', '容器'])
    expect(words(termNumbersOf(read, 1))).toEqual(['café', 'docker-compose.yml', 'docker', 'compos', 'yml'])
    expect(words(termNumbersOf(read, 2))).toEqual([])
  })

  it('find the same documents with the same scores', () => {
    const read = decodeTermIndex(encodeTermIndex(index), 'terms.bin')
    const asked = new Map(['café', 'docker', 'EXPOSE', '容器'].map((term) => [term, 1]))
    const [before, after] = [index, read].map((one) => scoreDocuments(one, asked, { count: 5 }))
    expect(after?.map(({ document }) => document)).toEqual(before?.map(({ document }) => document))
    after?.forEach(({ score }, place) => void expect(score).toBeCloseTo(before?.[place]?.score ?? 0, 5))
  })

  it('give back an index without documents', () => {
    const empty = buildTermIndex([])
    expect(decodeTermIndex(encodeTermIndex(empty), 'terms.bin')).toEqual(empty)
  })

  it('read bytes that begin anywhere in a larger buffer', () => {
    const bytes = encodeTermIndex(index)
    const larger = new Uint8Array(bytes.length + 3)
    larger.set(bytes, 3)
    expect(decodeTermIndex(larger.subarray(3), 'terms.bin').terms).toEqual(index.terms)
  })
})

describe('decodeTermIndex', () => {
  it('refuses every truncation with INDEX_DAMAGED', () => {
    const bytes = encodeTermIndex(index)
    for (let length = 0; length < bytes.length; length++) damaged(bytes.subarray(0, length)).toThrow(/here\/terms\.bin is damaged/)
  })

  it('refuses bytes behind the end', () => {
    damaged(new Uint8Array([...encodeTermIndex(index), 0, 0, 0, 0])).toThrow(expect.objectContaining({ code: 'INDEX_DAMAGED' }))
  })

  it('refuses any one bit of its counts turned over', () => {
    const bytes = encodeTermIndex(index)
    for (let bit = 0; bit < 8 * 24; bit++) {
      const turned = bytes.slice()
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      damaged(turned).toThrow(
        expect.objectContaining({ code: 'INDEX_DAMAGED', details: expect.objectContaining({ path: 'here/terms.bin' }) }),
      )
    }
  })

  it('refuses an index as an earlier version wrote it, by its mark', () => {
    const bytes = encodeTermIndex(index)
    bytes[3] = 0x31
    damaged(bytes).toThrow(expect.objectContaining({ code: 'INDEX_DAMAGED' }))
  })

  it('refuses a file of another kind', () => {
    damaged(new TextEncoder().encode('{"terms":["docker","image","container","more"]}')).toThrow(
      expect.objectContaining({ code: 'INDEX_DAMAGED' }),
    )
  })
})
