import { describe, expect, test } from 'vitest'
import { loadConcepts } from '../../../src/docker-knowledge/load-concepts.js'
import { parseConcepts } from '../../../src/docker-knowledge/parse-concepts.js'

const asks = 'a one; b two; c three; d four; e five; f six; g seven; h eight'

describe('parseConcepts', () => {
  test('reads terms and asks, and passes over empty lines', () => {
    expect(parseConcepts(`\nvolume, named volume | ${asks}\n\n`)).toEqual([
      { terms: ['volume', 'named volume'], asks: ['a one', 'b two', 'c three', 'd four', 'e five', 'f six', 'g seven', 'h eight'] },
    ])
  })

  test.each([
    ['without a bar', 'volume, named volume'],
    ['with two bars', `volume, named volume | ${asks} | more`],
    ['with one term', `volume | ${asks}`],
    ['with nine terms', `a, b, c, d, e, f, g, h, i | ${asks}`],
    ['with seven asks', 'volume, named volume | a; b; c; d; e; f; g'],
    ['with the same ask twice', `volume, named volume | ${asks}; a one`],
  ])('refuses a line %s', (_, line) => {
    expect(() => parseConcepts(line)).toThrow(/concept/)
  })
})

describe('the concepts', () => {
  const concepts = loadConcepts()

  test('are at least 700, with 8 to 20 asks each', () => {
    expect(concepts.length).toBeGreaterThanOrEqual(700)
    for (const concept of concepts) expect(concept.asks.length).toBeGreaterThanOrEqual(8)
  })

  test('never have the same ask twice: it would point to two things', () => {
    const seen = new Map<string, string>()
    const repeated = concepts.flatMap(({ terms, asks: own }) =>
      own.flatMap((ask) => {
        const before = seen.get(ask.toLowerCase())
        seen.set(ask.toLowerCase(), terms[0] ?? '')
        return before === undefined ? [] : [`"${ask}": ${before} and ${terms[0]}`]
      }),
    )
    expect(repeated).toEqual([])
  })

  test('ask in learners’ words: few asks hold the first term itself', () => {
    const telling = concepts.flatMap(({ terms, asks: own }) =>
      own.filter((ask) => ask.toLowerCase().includes((terms[0] ?? '').toLowerCase())),
    )
    expect(telling.length / concepts.flatMap((concept) => concept.asks).length).toBeLessThan(0.1)
  })

  test('ask in two to nine words, as one types them into a search box', () => {
    const odd = concepts.flatMap((concept) => concept.asks).filter((ask) => !/^\S+(?: \S+){1,8}$/.test(ask) || ask.includes('?'))
    expect(odd).toEqual([])
  })
})
