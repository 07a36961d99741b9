import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { retrievePassages } from '../../../../src/answer/retrieve-passages/retrieve-passages.js'
import { type RetrievalPart, retrievalParts } from '../../../../src/core/types/question.js'
import type { ExplainedPassage } from '../../../../src/core/types/retrieval.js'
import type { Library } from '../../../../src/library/library.js'
import { analyzeText } from '../../../../src/word-search/analyze-text.js'
import { dropShouting } from '../../../../src/word-search/drop-shouting.js'
import { type IngestedLibrary, ingestFiles, ingestHandbook } from '../../../helpers/ingested-library.js'

// The textbook's numbers, written here once more: a change of the program's own must show.
const [k1, b, headingWeight] = [0.9, 0.35, 2]
const everyPart: ReadonlySet<RetrievalPart> = new Set(retrievalParts)
const asked = 100

interface Bag {
  readonly id: string
  readonly counts: ReadonlyMap<string, number>
  readonly length: number
}

/** Every passage as a bag of terms, its headings (the book's title among them) counted twice. */
function toBags(library: Library): readonly Bag[] {
  return Array.from({ length: library.passageCount }, (_, number) => {
    const { id, headingPath, cleanText } = library.passage(number)
    const headings = new Set([library.sectionOf(number).book.title, ...headingPath])
    const counts = new Map<string, number>()
    const add = (text: string, weight: number) => {
      for (const term of analyzeText(text)) counts.set(term, (counts.get(term) ?? 0) + weight)
    }
    add(cleanText, 1)
    for (const heading of headings) add(heading, headingWeight)
    return { id, counts, length: [...counts.values()].reduce((total, count) => total + count, 0) }
  })
}

/** BM25 as the textbook writes it: every term against every document, no index. Best first, equal ones in the order of the books. */
function rankByTheBook(bags: readonly Bag[], question: string): readonly { readonly id: string; readonly score: number }[] {
  const filled = bags.filter(({ length }) => length > 0)
  const mean = filled.reduce((total, { length }) => total + length, 0) / filled.length
  const terms = [...new Set(analyzeText(dropShouting(question)))]
  const scored = bags.map(({ id, counts, length }) => {
    let score = 0
    for (const term of terms) {
      const holding = bags.filter((other) => other.counts.has(term)).length
      const idf = Math.log(1 + (bags.length - holding + 0.5) / (holding + 0.5))
      const times = counts.get(term) ?? 0
      score += (idf * times * (k1 + 1)) / (times + k1 * (1 - b + (b * length) / mean))
    }
    return { id, score }
  })
  return scored.filter(({ score }) => score > 0).sort((left, right) => right.score - left.score)
}

/** The lexical leg with everything switched off that is not BM25, by the inspector: also passages that were folded. */
async function rankByTheProgram(library: Library, text: string): Promise<readonly ExplainedPassage[]> {
  const { explanation } = await retrievePassages({ text, k: asked, without: everyPart, explain: true }, { library })
  return explanation?.candidates ?? []
}

async function expectTextbook({ library, bags }: { library: Library; bags: readonly Bag[] }, question: string): Promise<number> {
  const expected = rankByTheBook(bags, question)
  const scores = new Map(expected.map(({ id, score }) => [id, score]))
  const found = await rankByTheProgram(library, question)
  const ranks = found.map((one) => one.scores.lexical?.rank)
  const first = Math.min(expected.length, asked)
  expect(ranks.slice(0, first)).toEqual(Array.from({ length: first }, (_, place) => place + 1))
  for (const { id, scores: told } of found) {
    const { rank = 0, score = 0, parts } = told.lexical ?? {}
    expect(parts).toEqual({ words: score, asks: 0, titleFactor: 1, neighbours: 0, concepts: 0 })
    const byTheBook = scores.get(id) ?? 0
    expect(Math.abs(score - byTheBook) / byTheBook).toBeLessThan(1e-6)
    const there = expected[rank - 1]
    // Only passages of the very same score may stand in another order.
    if (there?.id !== id) expect(Math.abs((there?.score ?? 0) - byTheBook) / byTheBook).toBeLessThan(1e-9)
  }
  return found.length
}

const questions = [
  'What is the difference between an image and a container?',
  'what does -P do?',
  'docker run --rm -it alpine sh',
  'How do I keep data when the container is gone?',
  'EXPOSE',
  'how to limit the memory of a container',
  'volumes?',
  'bind mount or volume',
  'Cannot connect to the Docker daemon at unix:///var/run/docker.sock',
  'exit code 137',
  'docker-compose.yml depends_on',
  'how to copy a file out of a container',
  'my build is slow',
  'multi-stage build with node',
  'push an image to a private registry',
  'where are the logs?',
  'how do I remove all unused images',
  'network between two containers',
  'CMD or ENTRYPOINT',
  'restart policy unless-stopped',
  'no space left on device',
  'permission denied on the socket',
  'health check for postgres',
  'run as non-root user',
  'what is a layer',
  'docker compose up --build',
  'environment variables from a file',
  'secrets in a build',
  'swarm service update',
  'save an image as a tar file',
  'port is already allocated',
  'DNS inside a container',
  'nginx reverse proxy',
  'arm64 image on an amd64 host',
  'cron in a container',
  'tag and digest',
  'docker stop takes ten seconds',
  'WHY DOES MY CONTAINER STOP AT ONCE',
  'container container container image',
  'backup of a volume',
  '8080:80',
  'the daemon of another machine over ssh',
]

describe('the lexical leg with all but BM25 switched off', () => {
  let handbook: IngestedLibrary
  let bags: readonly Bag[] = []

  beforeAll(async () => {
    handbook = await ingestHandbook()
    bags = toBags(handbook.library)
  })
  afterAll(() => handbook.close())

  it.each(questions)('ranks and scores the handbook as the textbook does: %s', async (question) => {
    expect(await expectTextbook({ library: handbook.library, bags }, question)).toBeGreaterThan(0)
  })
})

// Words with stems, code, numbers and other scripts, some far more common than others.
const vocabulary = [
  ...Array.from({ length: 6 }, () => ['docker', 'containers', 'image']).flat(),
  ...['volumes', 'network', 'running', 'layers', '--rm', '-P', 'EXPOSE', 'docker-compose.yml', '8080:80', 'ports', 'Контейнер', 'café'],
  ...['anchor', 'bollard', 'capstan', 'dinghy', 'ensign', 'fender', 'galley', 'halyard', 'the', 'of', '🐳'],
] as const
const words = (most: number) =>
  fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: most, size: 'max' }).map((list) => list.join(' '))
const section = fc.tuple(words(4), words(80))
const book = fc.array(section, { minLength: 25, maxLength: 40, size: 'max' })
const toMarkdown = (sections: readonly (readonly [string, string])[]) =>
  sections.map(([title, text]) => `# ${title}\n\n${text}\n`).join('\n')

describe('the lexical leg over generated books', () => {
  let generated: IngestedLibrary

  beforeAll(async () => {
    const books = fc.sample(book, { numRuns: 6, seed: 20_240_506 })
    generated = await ingestFiles(Object.fromEntries(books.map((sections, number) => [`book-${number}.md`, toMarkdown(sections)])))
  })
  afterAll(() => generated.close())

  it('ranks and scores any question as the textbook does', async () => {
    const { library } = generated
    const bags = toBags(library)
    expect(bags.length).toBeGreaterThan(100)
    await fc.assert(
      fc.asyncProperty(words(6), async (question) => {
        await expectTextbook({ library, bags }, question)
      }),
      { numRuns: 80 },
    )
  })
})
