import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildConceptIndex } from '../../../src/docker-knowledge/concept-index.js'
import { decodeConceptIndex, encodeConceptIndex } from '../../../src/docker-knowledge/concept-index-file.js'
import { ConceptMatcher } from '../../../src/docker-knowledge/concept-matcher.js'
import { loadConcepts } from '../../../src/docker-knowledge/load-concepts.js'
import { buildCli } from '../../helpers/built-cli.js'

const built = buildConceptIndex(loadConcepts())
const dist = fileURLToPath(new URL('../../../dist/docker-knowledge/', import.meta.url))
const phrases = fc.array(fc.stringMatching(/^[a-z]{1,6}( [a-z]{1,6})?$/), { minLength: 1, maxLength: 4 })

describe('encodeConceptIndex and decodeConceptIndex', () => {
  it("give back the index of the program's own concepts", () => {
    expect(decodeConceptIndex(encodeConceptIndex(built))).toEqual(built)
  })

  it('give back the index of any concepts, which matches the same', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ terms: phrases, asks: phrases }), { minLength: 1, maxLength: 6 }), (concepts) => {
        const index = buildConceptIndex(concepts)
        const read = decodeConceptIndex(encodeConceptIndex(index))
        if (index.terms.length > 0) expect(read).toEqual(index)
        for (const { asks } of concepts) {
          expect(new ConceptMatcher(read).match(asks, 3)).toEqual(new ConceptMatcher(index).match(asks, 3))
        }
      }),
    )
  })

  it.each(['', '{', 'null', '{}', '{"terms":"a"}', '[]'])('refuse another text than was written: %j', (text) => {
    expect(() => decodeConceptIndex(text)).toThrow()
  })
})

describe('the concepts that a build stores', () => {
  it('are what the sources give', () => {
    const stored = join(buildCli(), '..', '..', 'docker-knowledge', 'concept-index.json')
    expect(readFileSync(stored, 'utf8')).toBe(encodeConceptIndex(built))
  }, 120_000)

  // The build at hand may be of earlier sources: it is held against its own.
  it.skipIf(!existsSync(join(dist, 'concept-index.json')))('are what the program in dist would make of its concepts itself', async () => {
    const load = (name: string) => import(/* @vite-ignore */ pathToFileURL(join(dist, name)).href)
    const concepts = (await load('load-concepts.js')).loadConcepts()
    const index = (await load('concept-index.js')).buildConceptIndex(concepts)
    expect(readFileSync(join(dist, 'concept-index.json'), 'utf8')).toBe((await load('concept-index-file.js')).encodeConceptIndex(index))
  })
})
