import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readQuestion } from '../../../../src/answer/retrieve-passages/read-question.js'
import { buildConceptIndex } from '../../../../src/docker-knowledge/concept-index.js'
import { ConceptMatcher } from '../../../../src/docker-knowledge/concept-matcher.js'
import { parseConcepts } from '../../../../src/docker-knowledge/parse-concepts.js'
import { type IngestedLibrary, ingestFiles } from '../../../helpers/ingested-library.js'

const book = `# Anchors

<!-- asks: how do I stop anchar from drifting -->

Use detach before the anchor holds --rm docker-compose.yml
`
const line =
  'ankor, mooring | keep my boat; stop the boat; boat moved on; boat is gone; hold the boat; park the boat; leave the boat; boat swings'
const concepts = new ConceptMatcher(buildConceptIndex(parseConcepts(line)))

describe('readQuestion', () => {
  let made: IngestedLibrary
  beforeAll(async () => {
    made = await ingestFiles({ 'book.md': book })
  })
  afterAll(() => made.close())
  const read = (text: string, repair = true) => readQuestion(text, { library: made.library, concepts, repair })

  it('gives the terms in order with their repetitions, and each once at the weight 1', () => {
    const { sequence, weights, repaired } = read('anchor, detach --rm and the anchor')
    expect(sequence).toEqual(['anchor', 'detach', '--rm', 'rm', 'anchor'])
    expect([...weights]).toEqual([
      ['anchor', 1],
      ['detach', 1],
      ['--rm', 1],
      ['rm', 1],
    ])
    expect(repaired.size).toBe(0)
  })

  it.each(['detatch the anchor', 'the anchor: detatch, please', '(detatch) "anchor"', 'why detatch? the anchor!'])(
    "puts the books' word in the place of one that is a slip of the keyboard, and tells which was typed: %s",
    (question) => {
      const { sequence, weights, repaired } = read(question)
      expect([...sequence].sort()).toEqual(['anchor', 'detach'])
      expect([...weights.keys()].sort()).toEqual(['anchor', 'detach'])
      expect([...repaired]).toEqual([['detach', 'detatch']])
    },
  )

  it('repairs the first word, which has a capital for its place', () => {
    expect([...read('Detatch the anchor').repaired]).toEqual([['detach', 'Detatch']])
  })

  it('leaves words as they are that only the asks or only the concepts have', () => {
    expect(read('anchar').sequence).toEqual(['anchar'])
    expect(read('ankor').sequence).toEqual(['ankor'])
  })

  it.each(['zeppelin', '--detatch', '--name=detatch', '/var/detatch', 'docker-compsoe.yml', 'DETATCH', 'the Detatch', 'anchor_detatch'])(
    'leaves unknown words, flags, paths and names as they were typed: %s',
    (typed) => {
      const { sequence, repaired } = read(typed)
      expect(repaired.size).toBe(0)
      expect(sequence).not.toContain('detach')
    },
  )

  it('repairs no more than twenty words of a long paste', () => {
    const strange = Array.from({ length: 25 }, (_, n) => `zq${String.fromCharCode(97 + n).repeat(6)}`).join(' ')
    expect(read(`${strange} detatch`).repaired.size).toBe(0)
    expect(read(`detatch ${strange}`).repaired.size).toBe(1)
  })

  it('repairs nothing when told so', () => {
    expect(read('detatch', false)).toEqual({ sequence: ['detatch'], weights: new Map([['detatch', 1]]), repaired: new Map() })
  })

  it('has no terms for no words', () => {
    expect(read('what is it? 🐳')).toEqual({ sequence: [], weights: new Map(), repaired: new Map() })
  })
})
