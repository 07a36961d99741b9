import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBookFolder } from '../../../../src/adapters/book-files/create-book-folder.js'
import { answerableFrom, judgeConfidence } from '../../../../src/answer/retrieve-passages/judge-confidence.js'
import { retrievePassages } from '../../../../src/answer/retrieve-passages/retrieve-passages.js'
import { ingest } from '../../../../src/ingest/ingest.js'
import type { Library } from '../../../../src/library/library.js'
import { openLibrary } from '../../../../src/library/open-library.js'
import { analyzeText } from '../../../../src/word-search/analyze-text.js'
import { buildTermIndex } from '../../../../src/word-search/build-term-index.js'
import { dockerArticle } from './docker-article.js'

const handbook = fileURLToPath(new URL('../../../../corpus/handbook', import.meta.url))
const libraries = new Map<string, Library>()
let folder = ''

async function openCorpus(name: string, fill: (corpusDir: string) => Promise<void>): Promise<void> {
  const corpusDir = join(folder, name)
  await fill(corpusDir)
  const indexDir = join(folder, `${name}-index`)
  await ingest({ source: createBookFolder(corpusDir), indexDir, writeVectorFile: async () => 'not needed', now: () => new Date() })
  libraries.set(name, await openLibrary(indexDir))
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilotbook-test-'))
  await openCorpus('handbook', (corpusDir) => cp(handbook, join(corpusDir, 'handbook'), { recursive: true }))
  await openCorpus('article', async (corpusDir) => {
    await mkdir(corpusDir)
    await writeFile(join(corpusDir, 'client-and-daemon.md'), dockerArticle)
  })
})

afterAll(async () => {
  for (const library of libraries.values()) await library.close()
  await rm(folder, { recursive: true, force: true })
})

async function ask(corpus: string, text: string) {
  const library = libraries.get(corpus)
  if (library === undefined) throw new Error(`there is no corpus ${corpus}`)
  return retrievePassages({ text, k: 6 }, { library })
}

describe('an article of ten passages', () => {
  it('is read as ten passages without its front matter, shortcode and tags', async () => {
    const library = libraries.get('article')
    const cleanTexts = Array.from({ length: library?.passageCount ?? 0 }, (_, number) => library?.cleanTextOf(number) ?? '')
    expect(cleanTexts).toHaveLength(10)
    expect(cleanTexts.join('\n')).not.toMatch(/timestamp|youtube|<b>/)
    expect(library?.books[0]).toMatchObject({ title: 'Understanding the Docker client and daemon', authors: ['Ines Calder'] })
  })

  it.each([
    'How is a Docker client different from a Docker daemon?',
    'What does the daemon do?',
    'What is the Docker socket?',
    'Does the daemon run as root?',
    'docker run --rm -it',
    'How do I use a remote daemon?',
  ])('answers: %s', async (question) => {
    expect((await ask('article', question)).answerable).toBe(true)
  })

  it('puts the passage on the difference first, and finds those on client and daemon, for the question about it', async () => {
    const { passages } = await ask('article', 'How is a Docker client different from a Docker daemon?')
    const found = passages.map(({ passage }) => passage.headingPath.at(-1))
    expect(found[0]).toBe('How the two differ')
    expect(found).toEqual(expect.arrayContaining(['The Docker client', 'The Docker daemon']))
  })

  it.each(['What does EXPOSE do?', 'How do I write a Compose file?', 'How do I share an image with a colleague?'])(
    'does not answer what it says nothing about: %s',
    async (question) => {
      expect((await ask('article', question)).answerable).toBe(false)
    },
  )
})

describe('the handbook', () => {
  it.each([
    'How is a Docker client different from a Docker daemon?',
    'What is the difference between an image and a container?',
    'what does -P do?',
    'How do I keep my data when the container is gone?',
    'Why does my container exit immediately?',
    'My disk is full, what should I delete?',
    'difference between docker stop and docker kill',
    'WHAT IS A DOCKER IMAGE?',
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    'How do I wait for the database before starting the app?',
    'Can I use another machine’s daemon?',
  ])('answers: %s', async (question) => {
    expect((await ask('handbook', question)).answerable).toBe(true)
  })
})

const unrelated = [
  'What is the capital of France?',
  'How do I bake bread?',
  'How do I write a Terraform module?',
  'How do I cook pasta?',
  'Explain quantum entanglement',
  'who is the president of the united states',
  'How tall is Mount Everest?',
]
const near = [
  'How do I write a Kubernetes operator?',
  'How do I create a React component?',
  'How do I configure Traefik certificates?',
  'How do I write a for loop in Python?',
]

async function expectRefused(corpus: string, question: string): Promise<void> {
  const { answerable, confidence } = await ask(corpus, question)
  expect({ answerable, isLow: confidence < answerableFrom }).toEqual({ answerable: false, isLow: true })
}

describe('questions that the books do not answer', () => {
  it.each([...unrelated, ...near])('are refused over a single article: %s', (question) => expectRefused('article', question))

  it.each(unrelated)('are refused over the handbook: %s', (question) => expectRefused('handbook', question))

  // Known to be answered wrongly since the handbook speaks of Kubernetes, Traefik, Python and loops: the issue on retrieval mends it,
  // and a test here that begins to hold says so by failing.
  it.each(near)('should be refused over the handbook, but are not yet: %s', { fails: true }, (question) =>
    expectRefused('handbook', question),
  )
})

describe('judgeConfidence', () => {
  const texts = ['the anchor holds the ship', 'a ship has a mast', 'a ship has a deck', 'a ship has a hull']
  const index = buildTermIndex(texts.map((body) => ({ body, heading: '', asks: '' })))
  const judge = (question: string, more: Partial<Parameters<typeof judgeConfidence>[0]> = {}) =>
    judgeConfidence({ question, terms: [...new Set(analyzeText(question))], index, bestTexts: texts, ...more })

  it('is sure when one passage holds every word', () => {
    expect(judge('anchor of the ship')).toBe(1)
  })

  it('is not sure when the words stand in different passages only', () => {
    expect(judge('anchor deck')).toBeLessThan(0.6)
  })

  it('does not judge words of asking where there are others', () => {
    expect(judge('mast vs anchor')).toBe(judge('mast anchor'))
    expect(judge('difference between mast and deck')).toBe(judge('mast deck'))
  })

  it('says no when the rarer half of the question stands nowhere', () => {
    expect(judge('ship bread')).toBeLessThan(answerableFrom)
    expect(judge('anchor bread')).toBeLessThan(answerableFrom)
  })

  it('falls further for a name that no book holds', () => {
    expect(judge('the anchor of the Titanic')).toBeLessThan(judge('the anchor of the titanic'))
  })

  it('takes no offence at a capital at the beginning', () => {
    expect(judge('Zeppelin anchor')).toBe(judge('zeppelin anchor'))
  })

  it('hardly minds words of asking that the passage lacks', () => {
    expect(judge('explain the difference between anchor and ship')).toBeGreaterThanOrEqual(answerableFrom)
  })

  it('has no confidence without words, whatever the passages', () => {
    expect(judge('')).toBe(0)
    expect(judge('anchor', { bestTexts: [] })).toBe(0)
  })

  it('is raised by a passage that means the same, well above what the question is like to everything', () => {
    expect(judge('bread', { meaning: { best: 0.8, background: 0.1 } })).toBeGreaterThanOrEqual(answerableFrom)
    expect(judge('bread', { meaning: { best: 0.3, background: 0.15 } })).toBe(0)
  })

  it('always lies between 0 and 1', () => {
    for (const question of ['anchor', 'Bread and Butter and Bread', 'ship Titanic Olympic Britannic Nomadic']) {
      for (const best of [-1, 0, 1]) {
        const confidence = judge(question, { meaning: { best, background: 0 } })
        expect(confidence).toBeGreaterThanOrEqual(0)
        expect(confidence).toBeLessThanOrEqual(1)
      }
    }
  })
})
