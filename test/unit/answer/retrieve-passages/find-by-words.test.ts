import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addUp } from '../../../../src/answer/retrieve-passages/find-by-words.js'
import { retrievePassages } from '../../../../src/answer/retrieve-passages/retrieve-passages.js'
import type { RetrievalPart } from '../../../../src/core/types/question.js'
import type { LexicalParts, RankedPassage, Retrieval } from '../../../../src/core/types/retrieval.js'
import type { Library } from '../../../../src/library/library.js'
import { analyzeText } from '../../../../src/word-search/analyze-text.js'
import { createHarbourLibrary } from '../../../helpers/harbour-library.js'
import { type IngestedLibrary, ingestFiles, ingestHandbook } from '../../../helpers/ingested-library.js'

const filler = (topic: string) => `# ${topic}\n\nOf ${topic} in a harbour this page tells much, with the ropes and cranes on its quay.\n`
const rest = ['Bollards', 'Gangways', 'Jetties'].map(filler).join('\n')

/** A question about pictures of the world that only the lexicon joins: no content word of it stands in the passage. */
const logs = '# docker logs\n\nThe command fetches STDOUT and STDERR of the main process.\n'
const mooring =
  '# Mooring\n\n<!-- asks: How do I stop my yacht from drifting?; boat gone in the morning -->\n\nTwo lines and a bollard hold the ship.\n'
const winchApart = `# Left

The anchor of a ship, the old chain and then many other words about ropes, quays, cranes and boats, and the pilot has a winch.
`
const winchTogether = `# Right

The anchor winch of a ship, the old chain and then many other words about ropes, quays, cranes and boats, and the pilot has.
`
const capstans = `# Where capstans stand, what they cost and who built them first

A capstan is big. One capstan is iron, another capstan is oak, and every capstan turns.

# What a capstan is

A drum that winds up rope when sailors push its bars round and round on deck.
`

const opened: IngestedLibrary[] = []
async function open(...sections: readonly string[]): Promise<Library> {
  const made = await ingestFiles({ 'book.md': [...sections, rest].join('\n') })
  opened.push(made)
  return made.library
}

const ask = (library: Library, text: string, ...without: readonly RetrievalPart[]): Promise<Retrieval> =>
  retrievePassages({ text, k: 20, without: new Set(without) }, { library })
const titles = ({ passages }: Retrieval) => passages.map(({ passage }) => passage.headingPath.at(-1))
const partsOf = ({ passages }: Retrieval, title: string) =>
  passages.find(({ passage }) => passage.headingPath.at(-1) === title)?.scores.lexical?.parts

afterAll(async () => {
  for (const one of opened) await one.close()
})

describe('concepts', () => {
  const question = 'see what it printed'

  it('find a passage that shares no content word with the question', async () => {
    const library = await open(logs)
    const asked = analyzeText(question)
    const found = await ask(library, question)
    const first = found.passages[0]?.passage
    expect(first?.headingPath.at(-1)).toBe('docker logs')
    expect(analyzeText(`${first?.text}\n${first?.headingPath.join('\n')}`).filter((term) => asked.includes(term))).toEqual([])
    expect(partsOf(found, 'docker logs')).toMatchObject({ words: 0, asks: 0, neighbours: 0, concepts: expect.any(Number) })
  })

  it('can be switched off: then the passage is not found', async () => {
    expect(titles(await ask(await open(logs), question, 'concepts'))).not.toContain('docker logs')
  })

  it('add no more than their weights, each 1 at most, of the best score that own words gave', async () => {
    const own = '# Printed pages\n\nSee what the purser printed on the printed list.\n'
    const library = await open(logs, own)
    const { passages, explanation } = await retrievePassages({ text: question, k: 20, explain: true }, { library })
    const weights = explanation?.concepts.map(({ weight }) => weight) ?? []
    expect(weights.length).toBeGreaterThan(0)
    expect(Math.max(...weights)).toBeLessThanOrEqual(1)
    const parts = passages.flatMap(({ scores }) => scores.lexical?.parts ?? [])
    const best = Math.max(...parts.map(({ words, asks, titleFactor }) => (words + asks) * titleFactor))
    const most = best * weights.reduce((total, weight) => total + weight, 0)
    for (const { concepts } of parts) expect(concepts).toBeLessThanOrEqual(most + 1e-9)
  })
})

describe('asks', () => {
  const question = 'my yacht is gone in the morning'

  it('find a section by words that stand in no sentence of it', async () => {
    const library = await open(mooring)
    const found = await ask(library, question, 'concepts')
    expect(titles(found)[0]).toBe('Mooring')
    expect(partsOf(found, 'Mooring')).toMatchObject({ words: 0, concepts: 0 })
    expect(partsOf(found, 'Mooring')?.asks).toBeGreaterThan(0)
  })

  it('can be switched off: then the section is not found', async () => {
    expect(titles(await ask(await open(mooring), question, 'concepts', 'asks'))).toEqual([])
  })

  const told = '# Told\n\nThe yacht was gone in the morning.\n'

  it('weigh less than the same words in a text as long, where they have only a part of the question', async () => {
    const asked =
      '# Asked\n\n<!-- asks: The yacht was late for lunch; sails in rags; a broken mast -->\n\nThe buoy was here at noon then.\n'
    const found = await ask(await open(asked, told), question, 'concepts')
    expect(titles(found).slice(0, 2)).toEqual(['Told', 'Asked'])
    expect(partsOf(found, 'Asked')?.asks).toBeLessThan(partsOf(found, 'Told')?.words ?? 0)
  })

  it('decide where they are the whole question', async () => {
    const asked = '# Asked\n\n<!-- asks: The yacht was gone in the morning. -->\n\nThe buoy was here at noon then.\n'
    expect(titles(await ask(await open(asked, told), question, 'concepts'))[0]).toBe('Asked')
  })

  it('are never part of a passage, nor quoted in an answer', async () => {
    const library = await open(mooring)
    const found = await ask(library, question)
    for (const { passage } of found.passages) expect(`${passage.text}\n${passage.cleanText}`).not.toMatch(/yacht|morning|asks:/)
    const harbour = await createHarbourLibrary({ books: { 'book.md': `${mooring}\n${rest}` } })
    const answer = await harbour.pilotbook.answer({ question: 'How do I stop my yacht from drifting?' }).finally(() => harbour.close())
    expect(answer.retrieval.passages.map(({ headingPath }) => headingPath.at(-1))).toContain('Mooring')
    expect(`${answer.markdown}\n${answer.citations.map(({ quote }) => quote).join('\n')}`).not.toMatch(/yacht|drifting|asks:/)
  })
})

describe('neighbours', () => {
  it('raise, of two passages with the same words, the one in which they stand side by side as in the question', async () => {
    const library = await open(winchApart, winchTogether)
    expect(titles(await ask(library, 'anchor winch')).slice(0, 2)).toEqual(['Right', 'Left'])
    expect(titles(await ask(library, 'anchor winch', 'neighbours')).slice(0, 2)).toEqual(['Left', 'Right'])
  })

  it('count for nothing where the words of the question stand apart', async () => {
    const found = await ask(await open(winchApart, winchTogether), 'anchor winch')
    expect(partsOf(found, 'Left')).toMatchObject({ neighbours: 0, words: partsOf(found, 'Right')?.words })
    expect(partsOf(found, 'Right')?.neighbours).toBeGreaterThan(0)
  })
})

describe('titles', () => {
  it('raise the section whose title is the question above one that says its word more often', async () => {
    const library = await open(capstans)
    const [asked, other] = ['What a capstan is', 'Where capstans stand, what they cost and who built them first']
    expect(titles(await ask(library, 'what is a capstan?')).slice(0, 2)).toEqual([asked, other])
    expect(titles(await ask(library, 'what is a capstan?', 'titles')).slice(0, 2)).toEqual([other, asked])
  })

  it('raise by the more the nearer the title is to the question, never lower, and not at all when switched off', async () => {
    const library = await open(capstans)
    const factors = async (...without: readonly RetrievalPart[]) =>
      (await ask(library, 'what is a capstan?', ...without)).passages.map(({ scores }) => scores.lexical?.parts.titleFactor ?? 0)
    const [exact = 0, longer = 0] = await factors()
    expect(exact).toBeCloseTo(2.5, 9)
    expect(longer).toBeGreaterThan(1)
    expect(longer).toBeLessThan(exact)
    expect(new Set(await factors('titles'))).toEqual(new Set([1]))
  })
})

describe('spelling', () => {
  it('is repaired for words that nobody knows, and can be switched off', async () => {
    const library = await open(capstans)
    expect(titles(await ask(library, 'what is a capsatn?'))[0]).toBe('What a capstan is')
    expect(titles(await ask(library, 'what is a capsatn?', 'spelling', 'concepts'))).toEqual([])
  })
})

describe('the score of a passage', () => {
  let handbook: IngestedLibrary
  beforeAll(async () => {
    handbook = await ingestHandbook()
  })
  afterAll(() => handbook.close())

  const total = ({ words, asks, titleFactor, neighbours, concepts }: LexicalParts) => (words + asks) * titleFactor + neighbours + concepts
  const expectSum = ({ scores }: Pick<RankedPassage, 'scores'>, best: number) => {
    const { lexical } = scores
    expect(lexical).toBeDefined()
    if (lexical === undefined) return
    expect(lexical.score).toBeCloseTo(total(lexical.parts), 9)
    expect(addUp(lexical.parts)).toBeCloseTo(total(lexical.parts), 9)
    expect(scores.fused).toBeCloseTo(lexical.score / best, 12)
    for (const part of ['words', 'asks', 'neighbours', 'concepts'] as const) expect(lexical.parts[part]).toBeGreaterThanOrEqual(0)
    expect(lexical.parts.titleFactor).toBeGreaterThanOrEqual(1)
    expect(lexical.parts.titleFactor).toBeLessThanOrEqual(2.5 + 1e-9)
  }

  it.each([
    'what does -P do?',
    'How do I keep my data when the container is gone?',
    'docker compose up',
    'exit code 137',
    'see what it printed',
    'volumes?',
  ])('is the sum of its parts, and the order is by it, for: %s', async (text) => {
    const { passages } = await retrievePassages({ text, k: 30 }, { library: handbook.library })
    expect(passages).toHaveLength(30)
    for (const passage of passages) expectSum(passage, passages[0]?.scores.lexical?.score ?? 0)
    const scores = passages.map((passage) => passage.scores.lexical?.score ?? 0)
    expect(scores).toEqual([...scores].sort((left, right) => right - left))
  })

  it.each(['concepts', 'asks', 'titles', 'neighbours'] as const)(
    'has nothing of %s when they are switched off, and something of them when not',
    async (part) => {
      const text = 'How do I keep my data when the container is gone?'
      const field = part === 'titles' ? 'titleFactor' : part
      const nothing = part === 'titles' ? 1 : 0
      const values = async (without: ReadonlySet<RetrievalPart>) =>
        (await retrievePassages({ text, k: 30, without }, { library: handbook.library })).passages.map(
          ({ scores }) => scores.lexical?.parts[field] ?? -1,
        )
      expect(new Set(await values(new Set([part])))).toEqual(new Set([nothing]))
      expect(Math.max(...(await values(new Set())))).toBeGreaterThan(nothing)
    },
  )
})
