import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SearchResult } from '../../src/app/pilotbook.js'
import type { RetrievalExplanation } from '../../src/core/types/retrieval.js'
import { createHarbourLibrary, type HarbourLibrary } from '../helpers/harbour-library.js'
import { getModelFolder } from '../helpers/model-folder.js'
import { recomputeConfidence, recomputeFused, recomputeLexical } from '../helpers/recompute-scores.js'
import { serveFake } from '../helpers/serve-fake.js'
import { shelfBooks } from '../helpers/shelf-books.js'

let library: HarbourLibrary

beforeAll(async () => {
  library = await createHarbourLibrary({ books: shelfBooks })
})
afterAll(() => library.close())

type Explained = SearchResult & { readonly explanation: RetrievalExplanation }

async function search<Found extends SearchResult = SearchResult>(body: object, { pilotbook } = library): Promise<Found> {
  const served = await serveFake({}, { pilotbook })
  const reply = await served.post('/api/search', body)
  expect(reply.status).toBe(200)
  return reply.json() as Promise<Found>
}

const question = 'What is a volume?'

describe('POST /api/search on a real library', () => {
  test('tells with explain how the result came about, in figures that add up', async () => {
    const { explanation, confidence, passages } = await search<Explained>({
      question: 'Which flag mounts a volumne with data?',
      explain: true,
      k: 4,
    })
    expect(explanation.candidates.filter(({ kept }) => kept).map(({ id }) => id)).toEqual(passages.map(({ id }) => id))
    for (const { scores, reason } of explanation.candidates) {
      expect(scores.fused).toBeCloseTo(recomputeFused(scores, explanation), 12)
      expect(scores.lexical?.score).toBeCloseTo(
        recomputeLexical(scores.lexical?.parts ?? { words: 0, asks: 0, titleFactor: 0, neighbours: 0, concepts: 0 }),
        9,
      )
      expect(reason).toMatch(/^(?:kept|dropped|folded)\b/)
    }
    expect(recomputeConfidence(explanation)).toBeCloseTo(confidence, 12)
    expect(explanation.budget?.passages.map(({ id }) => id)).toEqual(passages.map(({ id }) => id))
  })

  test('tells no explanation unless asked, nor when explain is false', async () => {
    expect(await search({ question })).not.toHaveProperty('explanation')
    expect(await search({ question, explain: false })).not.toHaveProperty('explanation')
  })

  test('tells where a folded duplicate stands', async () => {
    const { passages } = await search({ question: 'What does exit code 137 tell?' })
    const [place] = passages[0]?.alsoAt ?? []
    expect(passages[0]?.alsoAt).toHaveLength(1)
    expect(place?.file).toMatch(/^(?:Old|New) Notes\.md$/)
    expect(place?.headingPath.length).toBeGreaterThan(0)
    expect(place?.startLine).toBeLessThanOrEqual(place?.endLine ?? 0)
    expect(passages.slice(1).filter((hit) => hit.alsoAt !== undefined)).toEqual([])
  })

  test('leaves out the parts named in without', async () => {
    const plain = await search<Explained>({ question, explain: true, without: ['concepts', 'titles', 'neighbours', 'asks'] })
    for (const { scores } of plain.explanation.candidates) expect(scores.lexical?.score).toBe(scores.lexical?.parts.words)
    expect((await search<Explained>({ question, explain: true })).explanation.concepts.length).toBeGreaterThan(0)
  })

  test('gives one passage for each book that answers with eachBook', async () => {
    const { passages } = await search({ question, eachBook: true })
    expect(passages.map(({ file }) => file).sort()).toEqual(['New Notes.md', 'Old Notes.md'])
  })

  test('adds the shares of both legs where there are vectors, and tells one leg when meaning is left out', async () => {
    const dense = await createHarbourLibrary({
      books: shelfBooks,
      environment: { PILOTBOOK_MODEL_DIR: await getModelFolder({ layers: 1 }) },
    })
    try {
      const { explanation, confidence } = await search<Explained>({ question, explain: true }, dense)
      expect(explanation.fusion.dense?.best).toBeGreaterThan(explanation.fusion.dense?.background ?? Number.NaN)
      expect(explanation.candidates.some(({ scores }) => scores.dense !== undefined && scores.lexical !== undefined)).toBe(true)
      for (const { scores } of explanation.candidates) expect(scores.fused).toBeCloseTo(recomputeFused(scores, explanation), 12)
      expect(explanation.confidence.map(({ name }) => name)).toContain('meaning')
      expect(recomputeConfidence(explanation)).toBeCloseTo(confidence, 12)
      const words = await search<Explained>({ question, explain: true, without: ['meaning'] }, dense)
      expect(words.explanation.candidates.filter(({ scores }) => scores.dense !== undefined)).toEqual([])
    } finally {
      await dense.close()
    }
  })
})

describe('POST /api/ask on a real library', () => {
  test('answers from one passage of each book with eachBook, and without the parts named', async () => {
    const served = await serveFake({}, { pilotbook: library.pilotbook })
    const reply = await served.post('/api/ask', { question, eachBook: true, without: ['concepts'] })
    expect(reply.status).toBe(200)
    const { retrieval } = (await reply.json()) as { retrieval: { passages: { file: string; scores: { lexical: { parts: object } } }[] } }
    expect(retrieval.passages.map(({ file }) => file).sort()).toEqual(['New Notes.md', 'Old Notes.md'])
    for (const { scores } of retrieval.passages) expect(scores.lexical.parts).toMatchObject({ concepts: 0 })
  })
})

test('breadth, parts and explanation reach the library as they were sent', async () => {
  const served = await serveFake()
  await served.post('/api/search', { question: 'a', eachBook: true, without: ['titles', 'meaning'], explain: true })
  await served.post('/api/ask', { question: 'a', eachBook: false, without: [] })
  expect(served.fake.calls.map(({ request }) => request)).toEqual([
    { question: 'a', eachBook: true, without: ['titles', 'meaning'], explain: true },
    expect.objectContaining({ question: 'a', eachBook: false, without: [] }),
    expect.anything(),
  ])
})
