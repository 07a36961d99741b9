import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildTermIndex } from '../../../src/word-search/build-term-index.js'
import { decodeTermIndex, encodeTermIndex } from '../../../src/word-search/term-index-file.js'

const index = buildTermIndex([
  { body: 'Контейнеры und Häfen 容器 🐳', heading: 'EXPOSE --publish=8080:80', asks: '' },
  { body: 'docker-compose.yml', heading: '', asks: 'how do I start café' },
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
        const made = buildTermIndex(bodies.map((text) => ({ body: text, heading: '', asks: text })))
        expect(decodeTermIndex(encodeTermIndex(made), 'terms.bin')).toEqual({ ...made, meanLength: Math.fround(made.meanLength) })
      }),
    )
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

  it('refuses a file of another kind', () => {
    damaged(new TextEncoder().encode('{"terms":["docker","image","container","more"]}')).toThrow(
      expect.objectContaining({ code: 'INDEX_DAMAGED' }),
    )
  })
})
