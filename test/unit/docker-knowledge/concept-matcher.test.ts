import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildConceptIndex } from '../../../src/docker-knowledge/concept-index.js'
import { ConceptMatcher } from '../../../src/docker-knowledge/concept-matcher.js'
import { loadConceptMatcher } from '../../../src/docker-knowledge/load-concept-matcher.js'
import { loadConcepts } from '../../../src/docker-knowledge/load-concepts.js'
import { parseConcepts } from '../../../src/docker-knowledge/parse-concepts.js'
import { analyzeText } from '../../../src/word-search/analyze-text.js'

const own = new ConceptMatcher(buildConceptIndex(loadConcepts()))
const match = (question: string, count = 3, matcher = own) => matcher.match(analyzeText(question), count)
const first = (question: string) => match(question, 1)[0]

const harbour = parseConcepts(`
anchor, mooring line | keep my boat where it is; stop the boat from drifting; boat moved over night; boat is gone in the morning; hold the boat in wind; park the boat; leave the boat safely; boat swings around
lantern, running light | be seen at night; see in the dark; somebody nearly hit me at night; lamp for the mast; show which side I am; glow on deck; colour of the left lamp; lamp does not burn
`)
const small = new ConceptMatcher(buildConceptIndex(harbour))

describe('the concepts, asked in everyday words', () => {
  it.each([
    ['let my phone open the website that runs inside', 'publish a port'],
    ['make the picture smaller on disk', 'reduce image size'],
    ['send my image to a colleague', 'docker save'],
    ['see what it printed', 'docker logs'],
    ['run it in the background', 'detached mode'],
    ['it quits right after starting', 'container exits immediately'],
    ['use my gpu inside it', 'gpu support'],
    ['rename my container', 'docker rename'],
    ['the clock is wrong inside', 'time zone in a container'],
    ['log files fill the disk', 'log files filling the disk'],
    ['change a setting without rebuilding', 'environment variables'],
    ['build faster by not repeating steps', 'RUN --mount=type=cache'],
    ['two containers should find each other by name', 'compose default network'],
    ['the site says connection refused from my browser', 'cannot reach a published port'],
  ])('puts first what the books call it: %s → %s', (question, term) => {
    expect(first(question)?.terms).toContain(term)
  })

  // The lexicon was finished before these were asked; a test here that begins to hold says so by failing.
  it.each([
    ['start again by itself after a crash', 'restart policy'],
    ['throw away everything I no longer need', 'docker system prune'],
    ['copy a file out of it', 'docker cp'],
    ['keep my database when the container is deleted', 'volume'],
  ])('does not yet put first what the books call it: %s → %s', { fails: true }, (question, term) => {
    expect(first(question)?.terms).toContain(term)
  })
})

describe('ConceptMatcher', () => {
  it('puts the nearest concept first and leaves out those that share nothing', () => {
    expect(match('why did my boat move in the night?', 3, small).map(({ terms }) => terms[0])).toEqual(['anchor', 'lantern'])
    expect(match('the lamp on the mast', 3, small).map(({ terms }) => terms[0])).toEqual(['lantern'])
    expect(match('bread and butter', 3, small)).toEqual([])
  })

  it('finds a concept by the words of the books as well', () => {
    expect(match('mooring line', 1, small)[0]).toEqual({ terms: ['anchor', 'mooring line'], match: expect.closeTo(1, 9) })
  })

  it('matches fully for a phrase of the concept itself, and for that phrase in another order', () => {
    for (const { terms, asks } of harbour) {
      for (const phrase of asks) {
        const [best] = match(phrase, 1, small)
        expect(best).toEqual({ terms, match: expect.closeTo(1, 9) })
        const [turned] = small.match([...analyzeText(phrase)].reverse(), 1)
        expect(turned).toEqual({ terms, match: expect.closeTo(1, 9) })
      }
    }
  })

  it('matches less with every word of the question that no concept knows', () => {
    const matches = ['boat drifting', 'boat drifting zeppelin', 'boat drifting zeppelin quarks', 'boat drifting zeppelin quarks bread'].map(
      (question) => match(question, 1, small)[0]?.match ?? 0,
    )
    for (const [place, value] of matches.slice(1).entries()) expect(value).toBeLessThan(matches[place] ?? 0)
    expect(first('see what it printed on the zeppelin')?.match).toBeLessThan(first('see what it printed')?.match ?? 0)
  })

  it('counts a word once, however often it is asked', () => {
    expect(match('boat boat boat drifting', 2, small)).toEqual(match('boat drifting', 2, small))
  })

  it('gives a match above 0 and not above 1, best first, as many as asked for at most, for any words of the concepts', () => {
    const phrases = loadConcepts().flatMap(({ asks, terms }) => [...asks, ...terms])
    const words = fc.array(fc.constantFrom(...phrases.flatMap((phrase) => phrase.split(' ')), 'zeppelin', 'difference'), { maxLength: 12 })
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 5 }), (asked, count) => {
        const found = match(asked.join(' '), count)
        expect(found.length).toBeLessThanOrEqual(count)
        for (const [place, one] of found.entries()) {
          expect(one.match).toBeGreaterThan(0)
          expect(one.match).toBeLessThanOrEqual(1 + 1e-9)
          expect(one.match).toBeLessThanOrEqual(found[place - 1]?.match ?? 2)
        }
      }),
    )
  })

  it('finds nothing for no words, for unknown words, and without concepts', () => {
    expect(own.match([], 3)).toEqual([])
    expect(match('zeppelin quark', 3)).toEqual([])
    expect(new ConceptMatcher(buildConceptIndex([])).match(['volum'], 3)).toEqual([])
  })

  it('tells the words that the concepts have, and their share of the concepts', () => {
    expect([small.has('boat'), small.has('anchor'), small.has('bread')]).toEqual([true, true, false])
    expect([small.frequencyOf('boat'), small.frequencyOf('night'), small.frequencyOf('bread')]).toEqual([0.5, 1, 0])
  })
})

describe('loadConceptMatcher', () => {
  it("gives the program's own concepts, the same matcher every time", async () => {
    const loaded = await loadConceptMatcher()
    expect(await loadConceptMatcher()).toBe(loaded)
    for (const question of ['see what it printed', 'rename my container', 'zeppelin volume']) {
      expect(loaded.match(analyzeText(question), 3)).toEqual(match(question))
    }
  })
})
