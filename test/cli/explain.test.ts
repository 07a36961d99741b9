import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SearchResult } from '../../src/app/pilotbook.js'
import type { RetrievalExplanation } from '../../src/core/types/retrieval.js'
import { createEmptyWorkspace, createOwnWorkspace, type Workspace } from '../helpers/cli-corpus.js'
import { recomputeConfidence, recomputeFused, recomputeLexical } from '../helpers/recompute-scores.js'
import { shelfBooks } from '../helpers/shelf-books.js'

let workspace: Workspace

function createShelf(books: Readonly<Record<string, string>> = shelfBooks): Workspace {
  const shelf = createEmptyWorkspace()
  mkdirSync(shelf.corpus, { recursive: true })
  for (const [name, text] of Object.entries(books)) writeFileSync(join(shelf.corpus, name), text)
  return shelf
}

beforeAll(async () => {
  workspace = createShelf()
  await workspace.run(['ingest'])
})
afterAll(() => workspace.remove())

async function search(...args: readonly string[]): Promise<SearchResult> {
  const { code, stdout } = await workspace.run(['search', '--json', ...args])
  expect(code).toBe(0)
  return JSON.parse(stdout)
}

async function explain(...args: readonly string[]): Promise<SearchResult & { readonly explanation: RetrievalExplanation }> {
  const { explanation, ...found } = await search('--explain', ...args)
  if (explanation === undefined) throw new Error('There is no explanation.')
  return { ...found, explanation }
}

const volumeQuestion = 'What is a volume?'

describe('pilotbook search --explain', () => {
  test('prints figures as JSON from which every score and the confidence can be computed again', async () => {
    const { explanation, passages, confidence, answerable } = await explain('-k', '3', 'how do I keep data in a volumne of a container')
    expect(explanation.candidates.length).toBeGreaterThan(3)
    for (const { scores } of explanation.candidates) {
      expect(scores.fused).toBeCloseTo(recomputeFused(scores, explanation), 12)
      if (scores.lexical !== undefined) expect(scores.lexical.score).toBeCloseTo(recomputeLexical(scores.lexical.parts), 9)
    }
    expect(explanation.candidates.map(({ scores }) => scores.fused)).toEqual(
      explanation.candidates.map(({ scores }) => scores.fused).sort((left, right) => right - left),
    )
    expect(explanation.candidates.slice(0, 3).map(({ scores }) => scores.lexical?.rank)).toEqual([1, 2, 3])
    const kept = explanation.candidates.filter((one) => one.kept)
    expect(kept.map(({ id, scores }) => [id, scores])).toEqual(passages.map(({ id, scores }) => [id, scores]))
    expect(recomputeConfidence(explanation)).toBeCloseTo(confidence, 12)
    expect(answerable).toBe(confidence >= explanation.answerableFrom)
    expect(explanation.terms).toContainEqual({
      term: 'volum',
      repairedFrom: 'volumne',
      passages: expect.any(Number),
      rarity: expect.any(Number),
    })
    expect(explanation.concepts.length).toBeGreaterThan(0)
  })

  test('gives every passage that is not kept its reason: folded with the place of its twin, or below the others', async () => {
    const { explanation, passages } = await explain('-k', '2', 'What does exit code 137 tell?')
    const [first] = passages
    const folded = explanation.candidates.filter(({ reason }) => reason.startsWith('folded'))
    expect(folded).toHaveLength(1)
    expect(folded[0]).toMatchObject({
      kept: false,
      reason: `folded: nearly the same words as number 1, ${first?.file}, lines ${first?.startLine}–${first?.endLine}`,
    })
    const { file, headingPath, startLine, endLine } = folded[0] ?? {}
    expect(first?.alsoAt).toEqual([{ file, headingPath, startLine, endLine }])
    const volumes = await explain('-k', '2', volumeQuestion)
    const reasons = volumes.explanation.candidates.map(({ reason }) => reason)
    expect(reasons.slice(0, 3)).toEqual(['kept as number 1', 'kept as number 2', 'dropped: ranks below the 2 kept'])
  })

  test('leaves the JSON as it is for those who do not ask', async () => {
    expect(Object.keys(await search(volumeQuestion)).sort()).toEqual(['answerable', 'confidence', 'passages', 'question'])
  })

  test('tells which passages a chat model would be given and which are over the budget, with all sizes', async () => {
    const { budget } = (await explain('-k', '20', volumeQuestion)).explanation
    expect(budget?.aimTokens).toBe(1500)
    const passages = budget?.passages ?? []
    const [inside, outside] = [passages.filter(({ inPrompt }) => inPrompt), passages.filter(({ inPrompt }) => !inPrompt)]
    expect([inside.length, outside.length]).toEqual([expect.toSatisfy((count) => count > 2), expect.toSatisfy((count) => count > 0)])
    expect(passages.map(({ rank }) => rank)).toEqual(passages.map((_, at) => at + 1))
    let characters = budget?.aroundCharacters ?? 0
    for (const one of passages) {
      characters += one.characters
      expect(one.promptTokens).toBe(Math.ceil(characters / (budget?.charactersPerToken ?? 0)))
      expect(one.inPrompt).toBe(one.promptTokens <= 1500)
      expect(one.reason).toMatch(one.inPrompt ? /^in the prompt/ : /^dropped: over the budget/)
    }
  })

  test('prints tables for people in which the figures add up, each passage with place and reason', async () => {
    const { code, stdout } = await workspace.run(['search', '-q', '-k', '2', '--explain', 'how do I keep data in a volumne?'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ {2}volum +\d+ +\d\.\d{3} {2}for "volumne"$/m)
    const rows = [...stdout.matchAll(/^ {2}([\d.]+(?: +[\d.]+){7})\n {4}(.+)$/gm)]
    expect(rows.length).toBeGreaterThan(2)
    const bestLexical = Number(/fused = lexical \/ ([\d.]+) /.exec(stdout)?.[1])
    for (const [, figures = '', told] of rows) {
      const [words = 0, asks = 0, titleFactor = 0, neighbours = 0, concepts = 0, lexical = 0, , fused = 0] = figures.split(/ +/).map(Number)
      expect(Math.abs(recomputeLexical({ words, asks, titleFactor, neighbours, concepts }) - lexical)).toBeLessThan(0.02)
      expect(Math.abs(lexical / bestLexical - fused)).toBeLessThan(0.001)
      expect(told).toMatch(/^(?:kept as number \d|dropped: .+|folded: .+) – .+\.md, lines \d+–\d+: ./)
    }
    const adds = [...stdout.matchAll(/^ {2}(?:start|unknown|strange|other|neighbours|coverage) +[\d.]+ +(-?[\d.]+)$/gm)].map(([, add]) =>
      Number(add),
    )
    const [, shown] = /sum -?[\d.]+; 1 \/ \(1 \+ e\^-?[\d.]+\) = ([\d.]+), at or above the 0\.500/.exec(stdout) ?? []
    expect(adds).toHaveLength(6)
    expect(Math.abs(1 / (1 + Math.exp(-adds.reduce((sum, add) => sum + add, 0))) - Number(shown))).toBeLessThan(0.002)
    expect(stdout).toMatch(/^ {8}1 +\d+ +\d+ +\d+ {2}in the prompt$/m)
    expect(stdout).toMatch(/\(confidence \d\.\d\d\)\.\n\nThe question's words\n/)
  })

  test('keeps within the columns of a terminal', async () => {
    const { stdout } = await workspace.run(['search', '-k', '20', '--explain', '--no-color', volumeQuestion], { terminal: 'both' })
    const inspector = stdout.slice(stdout.indexOf("The question's words")).split('\n')
    expect(inspector.length).toBeGreaterThan(40)
    expect(inspector.filter((line) => line.length > 80)).toEqual([])
  })

  test('explains each line of standard input, too', async () => {
    const { stdout } = await workspace.run(['search', '--explain', '-'], { input: 'What is a volume?\n\n' })
    const [first, second] = stdout.trimEnd().split('\n')
    expect(recomputeConfidence(JSON.parse(first ?? '').explanation)).toBeCloseTo(JSON.parse(first ?? '').confidence, 12)
    expect(JSON.parse(second ?? '').error.code).toBe('QUESTION_EMPTY')
  })

  test('explains a question that nothing is found for, and one of 10,000 characters, whose two ends are asked', async () => {
    const nothing = await workspace.run(['search', '-q', '--explain', 'qqxyz'])
    expect(nothing).toMatchObject({ code: 0, stderr: '' })
    expect(nothing.stdout).toMatch(/Passages looked at.*\n {2}none\n/)
    expect(nothing.stdout).toMatch(/below the 0\.500 from which the books are taken to answer/)
    const long = await explain('volume data '.repeat(833))
    expect(long.explanation.budget?.aroundCharacters).toBeGreaterThan(1900)
    expect(long.explanation.budget?.aroundCharacters).toBeLessThan(4000)
    expect(recomputeConfidence(long.explanation)).toBeCloseTo(long.confidence, 12)
  })

  test('shows nothing of a book that could steer the terminal', async () => {
    const own = createOwnWorkspace(() =>
      createShelf({ 'evil.md': '# Evil\u001b]0;owned\u0007\n\nA kraken \u001b[31mcontainer sinks ships.\n' }),
    )
    const { stdout } = await own.run(['search', '--explain', 'kraken container \u001b[31mships'])
    expect(stdout).toMatch(/kept as number 1 – evil\.md/)
    expect(stdout).not.toMatch(/[^\P{Cc}\n\t]/u)
  })
})

describe('--without', () => {
  test('leaves out the parts named, given several times or with commas', async () => {
    const question = 'keep data in a volumne'
    const { explanation } = await explain('--without', 'concepts,titles', '--without', 'neighbours, spelling', question)
    expect(explanation.concepts).toEqual([])
    expect(explanation.terms.map(({ repairedFrom }) => repairedFrom).filter((word) => word !== undefined)).toEqual([])
    for (const { scores } of explanation.candidates) {
      expect(scores.lexical?.parts).toMatchObject({ titleFactor: 1, neighbours: 0, concepts: 0 })
    }
    const whole = await explain(question)
    const sumOf = (part: 'titleFactor' | 'neighbours' | 'concepts') =>
      whole.explanation.candidates.reduce((sum, { scores }) => sum + (scores.lexical?.parts[part] ?? 0), 0)
    expect(sumOf('titleFactor')).toBeGreaterThan(whole.explanation.candidates.length)
    expect(sumOf('neighbours')).toBeGreaterThan(0)
    expect(sumOf('concepts')).toBeGreaterThan(0)
    const told = await workspace.run(['search', '--explain', '--without', 'concepts', question])
    expect(told.stdout).toMatch(/^Concepts\n {2}left out$/m)
  })

  test.each(['search', 'ask'])('is refused by %s with the parts there are when it names none of them', async (command) => {
    const { code, stdout, stderr } = await workspace.run([command, '--without', 'concepts,magic', volumeQuestion])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('--without is "magic"; it takes concepts, asks, titles, neighbours, spelling, meaning.')
  })
})

describe('--each-book', () => {
  test('gives the best passage of each book that answers, and of no other', async () => {
    const usual = await search('-k', '6', volumeQuestion)
    expect(usual.passages.filter(({ file }) => file === 'New Notes.md').length).toBeGreaterThan(1)
    const { passages, explanation } = await explain('--each-book', '-k', '6', volumeQuestion)
    expect(passages.map(({ file }) => file).sort()).toEqual(['New Notes.md', 'Old Notes.md'])
    for (const { file, id } of passages) expect(explanation.candidates.find((one) => one.file === file)?.id).toBe(id)
    expect((await search('--each-book', '--book', 'Old Notes', volumeQuestion)).passages).toHaveLength(1)
  })

  test('says of a passage that ranks above another book’s best which one stands for its book', async () => {
    const { explanation, passages } = await explain('--each-book', 'How is a named volume mounted into a container by a recipe?')
    const last = explanation.candidates.findLastIndex(({ kept }) => kept)
    const above = explanation.candidates.slice(0, last).filter(({ kept }) => !kept)
    expect(above.length).toBeGreaterThan(0)
    for (const { file, reason } of above) {
      const shown = passages.find((hit) => hit.file === file)
      expect(reason).toBe(
        shown === undefined ? 'dropped: its book does not seem to answer' : `dropped: number ${shown.rank} stands for its book`,
      )
    }
  })

  test('prints the books side by side under their titles', async () => {
    const { stdout } = await workspace.run(['search', '-q', '--each-book', volumeQuestion])
    expect(stdout).toMatch(
      /^(?:New|Old) Notes\n {3}\S.*What a volume is\n {3}(?:New|Old) Notes\.md, lines \d+–\d+\n {3}.+\n\n(?:New|Old) Notes\n {3}/,
    )
    expect(stdout).not.toContain('Cook Book')
  })

  test('lets ask cite each of the books', async () => {
    const { code, stdout } = await workspace.run(['ask', '--json', '--each-book', volumeQuestion])
    expect(code).toBe(0)
    const answered = JSON.parse(stdout)
    const files = (places: readonly { file: string }[]) => [...places.map(({ file }) => file)].sort()
    expect(files(answered.retrieval.passages)).toEqual(['New Notes.md', 'Old Notes.md'])
    expect([...new Set(files(answered.citations))]).toEqual(['New Notes.md', 'Old Notes.md'])
  })
})

describe('--book and --year', () => {
  test('narrow the search', async () => {
    const files = async (...args: readonly string[]) =>
      new Set((await search('-k', '50', ...args, volumeQuestion)).passages.map(({ file }) => file))
    expect(await files('--year', '2020-2025')).toEqual(new Set(['New Notes.md']))
    expect(await files('--year', '2014')).toEqual(new Set(['Old Notes.md']))
    expect(await files('--book', 'Old Notes', '--book', 'New Notes', '--year', '2010-2014')).toEqual(new Set(['Old Notes.md']))
  })

  test.each(['search', 'ask'])('are refused by %s when they exclude each other, with the books and their years', async (command) => {
    const { code, stderr } = await workspace.run([
      command,
      '--book',
      'Old Notes',
      '--book',
      'cook book',
      '--year',
      '2020-2024',
      volumeQuestion,
    ])
    expect(code).toBe(2)
    expect(stderr).toMatch(/no book asked is of 2020–2024: "Cook Book" \(year not known\), "Old Notes" \(2014\)\..*REQUEST_INVALID/s)
  })
})

test('a passage printed by two books is shown once, with its other place', async () => {
  const { stdout } = await workspace.run(['search', '-q', '-k', '1', 'What does exit code 137 tell?'])
  expect(stdout).toMatch(/^1\. .*\n {3}(?:New|Old) Notes\.md, lines \d+–\d+\n {3}nearly the same at (?:New|Old) Notes\.md, lines \d+–\d+\n/)
})
