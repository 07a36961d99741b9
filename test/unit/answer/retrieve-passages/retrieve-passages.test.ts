import { describe, expect, it, onTestFinished } from 'vitest'
import { openVectorIndex } from '../../../../src/adapters/hnsw/open-vector-index.js'
import type { DenseParts } from '../../../../src/answer/retrieve-passages/find-by-meaning.js'
import { isAsked, retrievePassages } from '../../../../src/answer/retrieve-passages/retrieve-passages.js'
import type { RankedPassage } from '../../../../src/core/types/retrieval.js'
import type { Library } from '../../../../src/library/library.js'
import { openLibrary } from '../../../../src/library/open-library.js'
import { createFakeEmbedder } from '../../../helpers/fake-embedder.js'
import { recomputeFused } from '../../../helpers/recompute-scores.js'
import { createSmallLibrary, paragraph } from '../../../helpers/sailing-library.js'

const flags = `# Flags of docker run

## Publishing all ports

With \`-P\` the engine publishes every port that the image names with \`EXPOSE\`, each on a free port of the host that it picks by itself.

## Publishing one port

With \`-p 8080:80\` you choose the port of the host yourself: what arrives at 8080 goes to port 80 of the container.

## Volumes

${paragraph('volumes')}

## A page printed twice

${paragraph('lanterns')}
`
const copy = `---\nyear: 2014\n---\n# Old handbook\n\n## A page printed twice\n\n${paragraph('lanterns')}\n\n## Knots\n\n${paragraph('knots')}\n`

async function open(files: Readonly<Record<string, string>>, embedder = createFakeEmbedder({ maxWindowTokens: 60 })) {
  const small = await createSmallLibrary(files, embedder)
  await small.ingest({ writeVectorFile: async () => 'not needed' })
  const library = await openLibrary(small.indexDir)
  onTestFinished(() => library.close())
  const { vectors, dimension, windowPassages } = await library.loadVectors()
  const dense: DenseParts = { embedder, vectorIndex: await openVectorIndex({ vectors, dimension }), windowPassages, vectors }
  return { library, dense }
}

const books = { 'flags.md': flags, 'old.md': copy }
const many = Object.fromEntries(
  Array.from({ length: 12 }, (_, book) => [
    `book-${book}.md`,
    Array.from({ length: 50 }, (__, n) => `# Part ${book}.${n}\n\nThe anchor number ${book * 50 + n} holds ship ${n}.\n`).join('\n'),
  ]),
)

async function search(library: Library, text: string, more: { k?: number; books?: string[]; years?: { from: number; to: number } } = {}) {
  return retrievePassages({ text, k: 5, ...more }, { library })
}

const headings = (passages: readonly RankedPassage[]) => passages.map(({ passage }) => passage.headingPath.at(-1))

describe('retrievePassages by words alone', () => {
  it.each([
    ['what does -P do?', 'Publishing all ports'],
    ['what does -p do?', 'Publishing one port'],
    ['EXPOSE', 'Publishing all ports'],
    ['8080:80', 'Publishing one port'],
    ['knots', 'Knots'],
  ])('puts the right passage first for: %s', async (question, heading) => {
    const { library } = await open(books)
    expect(headings((await search(library, question)).passages)[0]).toBe(heading)
  })

  it('numbers the passages from 1, best first, and gives the score and rank of the only leg', async () => {
    const { library } = await open(books)
    const { passages } = await search(library, 'port volumes lanterns knots')
    expect(passages.length).toBeGreaterThan(3)
    for (const [at, { rank, scores }] of passages.entries()) {
      expect(rank).toBe(at + 1)
      expect(scores.dense).toBeUndefined()
      expect(scores.fused).toBeCloseTo((scores.lexical?.score ?? 0) / (passages[0]?.scores.lexical?.score ?? 0), 12)
    }
    const fused = passages.map(({ scores }) => scores.fused)
    expect(fused).toEqual([...fused].sort((left, right) => right - left))
  })

  it('folds passages with the same words into one and says where else they stand', async () => {
    const { library } = await open(books)
    const { passages } = await search(library, 'lanterns', { k: 50 })
    const [first] = passages
    expect(passages.filter(({ passage }) => passage.text.includes('lanterns'))).toHaveLength(1)
    const others = ['flags.md', 'old.md'].filter((file) => file !== first?.passage.file)
    const [other] = library.books.filter(({ name }) => name === others[0])
    const { passages: found } = await search(library, 'lanterns', { books: [other?.id ?? ''] })
    expect(first?.alsoAt).toHaveLength(1)
    expect(found[0]?.passage).toMatchObject(first?.alsoAt[0] ?? {})
  })

  it('asks only the books named, and finds their copy of a page that stands in two', async () => {
    const { library } = await open(books)
    for (const { id, name } of library.books) {
      const { passages } = await search(library, 'lanterns', { books: [id] })
      expect(new Set(passages.map(({ passage }) => passage.file))).toEqual(new Set([name]))
      expect(passages[0]?.alsoAt).toEqual([])
      expect(passages[0]?.book.id).toBe(id)
    }
  })

  it('asks only books of the years given; one without a year is none of them', async () => {
    const { library } = await open(books)
    const files = async (from: number, to: number) =>
      (await search(library, 'lanterns', { years: { from, to } })).passages.map(({ passage, book }) => [passage.file, book.year])
    expect(await files(2014, 2014)).toEqual([['old.md', 2014]])
    expect(await files(2010, 2020)).toEqual([['old.md', 2014]])
    expect(await files(2015, 2020)).toEqual([])
    expect(await files(2010, 2013)).toEqual([])
  })

  it('returns as many as asked for, up to 500, all different', async () => {
    const { library } = await open(many)
    for (const k of [1, 7, 500]) {
      const { passages } = await search(library, 'anchor', { k })
      expect(passages).toHaveLength(k)
      expect(new Set(passages.map(({ passage }) => passage.id)).size).toBe(k)
    }
  })

  it('returns the best of fewer as the beginning of the best of more', async () => {
    const { library } = await open(many)
    const ids = async (k: number) => (await search(library, 'which ship has anchor 17?', { k })).passages.map(({ passage }) => passage.id)
    expect((await ids(300)).slice(0, 5)).toEqual(await ids(5))
  })

  it.each(['what is it?', '🐳', 'zzz qqq'])('finds nothing and has hardly any confidence for: %s', async (question) => {
    const { library } = await open(books)
    const found = await search(library, question)
    expect(found).toEqual({ confidence: expect.any(Number), answerable: false, passages: [] })
    expect(found.confidence).toBeLessThan(0.05)
  })

  it('takes a question in capitals for words, not for instructions', async () => {
    const { library } = await open(books)
    const [shouted, spoken] = [await search(library, 'HOW DO I TIE KNOTS?'), await search(library, 'how do i tie knots?')]
    expect(shouted).toEqual(spoken)
  })
})

describe('what each book says', () => {
  const page = (text: string, other = 'An anchor, once.') => `# Page\n\n${text}\n\n# Other\n\n${other}\n`
  const three = {
    'first.md': page('The anchor winch of a ship raises the anchor; an anchor winch turns.'),
    'second.md': page('An anchor winch is turned by sailors who raise the anchor with the winch.'),
    'third.md': page('Sails and masts and ropes, and nothing on the matter.', 'Far from here an old anchor lay in the sand.'),
  }
  const question = 'how does an anchor winch raise the anchor?'
  const eachBook = async (library: Library, text: string, more: { books?: string[] } = {}) =>
    (await retrievePassages({ text, k: 20, eachBook: true, ...more }, { library })).passages

  it('is the best passage of every book that answers, best first', async () => {
    const { library } = await open({ ...three, 'third.md': page('Sails and masts and ropes, and nothing on the matter.', 'A buoy, once.') })
    const all = (await search(library, question, { k: 20 })).passages
    const found = await eachBook(library, question)
    expect(found.map(({ passage }) => passage.file).sort()).toEqual(['first.md', 'second.md'])
    for (const { passage, book } of found) expect(passage.id).toBe(all.find((one) => one.book.id === book.id)?.passage.id)
    const scores = found.map(({ scores: { fused } }) => fused)
    expect(scores).toEqual([...scores].sort((left, right) => right - left))
    expect(found.map(({ rank }) => rank)).toEqual([1, 2])
  })

  it('does not come from a book that only mentions a word of the question', async () => {
    const { library } = await open(three)
    const all = (await search(library, question, { k: 20 })).passages
    expect(all.map(({ passage }) => passage.file)).toContain('third.md')
    expect((await eachBook(library, question)).map(({ passage }) => passage.file).sort()).toEqual(['first.md', 'second.md'])
  })

  it('is the nearest of every book when none answers, however far', async () => {
    const { library } = await open(three)
    const text = `${question} zeppelin of bread, butter, cheese and wine`
    const found = await retrievePassages({ text, k: 20, eachBook: true }, { library })
    expect(found.answerable).toBe(false)
    expect(found.passages.map(({ passage }) => passage.file).sort()).toEqual(['first.md', 'second.md', 'third.md'])
  })

  it('asks only the books named', async () => {
    const { library } = await open(three)
    const id = library.books.find(({ name }) => name === 'second.md')?.id ?? ''
    const found = await eachBook(library, question, { books: [id] })
    expect(found.map(({ passage }) => passage.file)).toEqual(['second.md'])
  })

  it('is one passage a book, also where several of one book are better than all of another', async () => {
    const { library } = await open({
      'rich.md': Array.from({ length: 5 }, (_, n) => `# Part ${n}\n\nThe anchor winch number ${n} raises anchor ${n} with a winch.`).join(
        '\n\n',
      ),
      'poor.md': '# Part\n\nAn anchor winch may be broken, and then there is nothing to raise it, says the old pilot of the harbour.\n',
    })
    const found = await eachBook(library, 'anchor winch')
    expect(found.map(({ passage }) => passage.file)).toEqual(['rich.md', 'poor.md'])
  })
})

describe('retrievePassages by words and meaning', () => {
  it('gives the scores and ranks of both legs, which recombine to the fused score', async () => {
    const { library, dense } = await open(books)
    const question = { text: 'lanterns and knots on the port', k: 50, explain: true }
    const { passages, explanation } = await retrievePassages(question, { library, dense })
    if (explanation === undefined) throw new Error('nothing was explained')
    expect(explanation.fusion.dense).toBeDefined()
    expect(passages.some(({ scores }) => scores.lexical && scores.dense)).toBe(true)
    for (const { scores } of passages) expect(scores.fused).toBeCloseTo(recomputeFused(scores, explanation), 12)
  })

  it('tells the similarity, of the best window, also of passages that the words alone found', async () => {
    const sections = Array.from(
      { length: 400 },
      (_, n) => `# Part ${n}\n\n${n < 50 ? 'A winch.' : 'A buoy.'} ${paragraph(`lanterns-${n}`)}`,
    )
    const { library, dense } = await open({ 'long.md': sections.join('\n\n') })
    const { dimension } = dense.embedder
    const window = dense.windowPassages.indexOf(library.passageCount - 1)
    const question = dense.vectors.slice(window * dimension, (window + 1) * dimension)
    const embedder = { ...dense.embedder, embed: async () => [question] }
    const similarity = (window: number) =>
      question.reduce((total, value, at) => total + value * (dense.vectors[window * dimension + at] ?? 0), 0)
    const numbers = new Map(library.passageIds().map((id, number) => [id, number]))
    const { passages } = await retrievePassages({ text: 'winch', k: 50 }, { library, dense: { ...dense, embedder } })
    expect(Math.max(...passages.map(({ scores }) => scores.dense?.rank ?? 0))).toBeGreaterThan(100)
    for (const { passage, scores } of passages) {
      const windows = [...dense.windowPassages.entries()].filter(([, number]) => number === numbers.get(passage.id)).map(([at]) => at)
      expect(windows.length).toBeGreaterThan(1)
      expect(scores.dense?.score).toBeCloseTo(Math.max(...windows.map(similarity)), 5)
    }
  })

  it('gives each leg the ranks 1, 2, 3 … without a gap', async () => {
    const { library, dense } = await open({ 'old.md': copy, 'other.md': `# Nets\n\n${paragraph('nets')}\n` })
    const { passages } = await retrievePassages({ text: 'nets or knots', k: 50 }, { library, dense })
    for (const leg of ['lexical', 'dense'] as const) {
      const ranks = passages.flatMap(({ scores }) => scores[leg]?.rank ?? []).sort((left, right) => left - right)
      expect(ranks).toEqual(ranks.map((_, at) => at + 1))
    }
  })

  it('takes the best window of a passage for its similarity', async () => {
    const { library, dense } = await open(books)
    const text = 'how do lanterns behave in case 7?'
    const [question] = await dense.embedder.embed([text])
    const similarity = (window: number) =>
      [...(question ?? [])].reduce((total, value, at) => total + value * (dense.vectors[window * dense.embedder.dimension + at] ?? 0), 0)
    const numbers = new Map(library.passageIds().map((id, number) => [id, number]))
    const { passages } = await retrievePassages({ text, k: 50 }, { library, dense })
    let several = 0
    for (const { passage, scores } of passages) {
      const windows = [...dense.windowPassages.entries()].filter(([, number]) => number === numbers.get(passage.id)).map(([at]) => at)
      several += windows.length > 1 ? 1 : 0
      expect(scores.dense?.score).toBeCloseTo(Math.max(...windows.map(similarity)), 5)
    }
    expect(several).toBeGreaterThan(0)
  })

  it('finds a passage by meaning that holds no word of the question', async () => {
    const { library, dense } = await open(books)
    const vector = dense.vectors.slice(0, dense.embedder.dimension)
    const embedder = { ...dense.embedder, embed: async () => [vector] }
    const found = await retrievePassages({ text: 'zzz', k: 3 }, { library, dense: { ...dense, embedder } })
    expect(found.passages[0]?.passage.id).toBe(library.passageIds()[dense.windowPassages[0] ?? -1])
    expect(found.passages[0]?.scores).toMatchObject({ dense: { rank: 1, score: expect.closeTo(1, 5) } })
    expect(found.passages[0]?.scores.lexical).toBeUndefined()
  })

  it('keeps to the books named in both legs', async () => {
    const { library, dense } = await open(books)
    const id = library.books.find(({ name }) => name === 'old.md')?.id ?? ''
    const { passages } = await retrievePassages({ text: 'ports', k: 50, books: [id] }, { library, dense })
    expect(passages.length).toBeGreaterThan(0)
    expect(new Set(passages.map(({ book }) => book.id))).toEqual(new Set([id]))
  })

  it('embeds a question that is longer than a window by its beginning and its end', async () => {
    const { library, dense } = await open(books)
    const text = `knots ${'filler '.repeat(3000)} lanterns`
    const before = createFakeEmbedder({ maxWindowTokens: 60 })
    await retrievePassages({ text, k: 3 }, { library, dense: { ...dense, embedder: before } })
    expect(before.embedded).toHaveLength(1)
    expect(before.embedded[0]).toMatch(/^knots .* lanterns$/)
    expect(before.countTokens(before.embedded[0] ?? '')).toBeLessThanOrEqual(60)
  })

  it("rejects with the signal's reason when it is cancelled", async () => {
    const { library, dense } = await open(books)
    const signal = AbortSignal.abort(new Error('changed my mind'))
    await expect(retrievePassages({ text: 'knots', k: 3 }, { library, dense }, signal)).rejects.toThrow('changed my mind')
  })
})

describe('isAsked', () => {
  const book = { id: 'a', title: 'A', authors: [], year: 2016, format: 'markdown', name: 'a.md', files: [], sections: [] }
  const cases = [
    ['every book without a choice', {}, true],
    ['a book by its id', { books: ['b', 'a'] }, true],
    ['no book but those named', { books: ['b'] }, false],
    ['a book of the first year', { years: { from: 2016, to: 2018 } }, true],
    ['a book of the last year', { years: { from: 2014, to: 2016 } }, true],
    ['no book of an earlier year', { years: { from: 2017, to: 2018 } }, false],
    ['no book of a later year', { years: { from: 2014, to: 2015 } }, false],
    ['no named book of another year', { books: ['a'], years: { from: 2017, to: 2018 } }, false],
  ] as const

  it.each(cases)('asks %s', (_, choice, expected) => {
    expect(isAsked(book, { text: '', k: 1, ...choice })).toBe(expected)
  })
})
