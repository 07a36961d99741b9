import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FusedPassage } from '../../../../src/answer/retrieve-passages/fuse-rankings.js'
import {
  answerableFrom,
  type ConfidenceRequest,
  judgeConfidence,
  measureSignals,
} from '../../../../src/answer/retrieve-passages/judge-confidence.js'
import { readQuestion } from '../../../../src/answer/retrieve-passages/read-question.js'
import { retrievePassages } from '../../../../src/answer/retrieve-passages/retrieve-passages.js'
import type { Question } from '../../../../src/core/types/question.js'
import { buildConceptIndex } from '../../../../src/docker-knowledge/concept-index.js'
import { ConceptMatcher } from '../../../../src/docker-knowledge/concept-matcher.js'
import { parseConcepts } from '../../../../src/docker-knowledge/parse-concepts.js'
import { type IngestedLibrary, ingestFiles, ingestHandbook } from '../../../helpers/ingested-library.js'
import { dockerArticle } from './docker-article.js'

const libraries = new Map<string, IngestedLibrary>()

beforeAll(async () => {
  libraries.set('handbook', await ingestHandbook())
  libraries.set('article', await ingestFiles({ 'client-and-daemon.md': dockerArticle }))
})

afterAll(async () => {
  for (const one of libraries.values()) await one.close()
})

function libraryOf(corpus: string) {
  const made = libraries.get(corpus)
  if (made === undefined) throw new Error(`there is no corpus ${corpus}`)
  return made.library
}

async function ask(corpus: string, text: string, more: Partial<Question> = {}) {
  return retrievePassages({ text, k: 6, ...more }, { library: libraryOf(corpus) })
}

describe('an article of ten passages', () => {
  it('is read as ten passages without its front matter, shortcode and tags', async () => {
    const library = libraryOf('article')
    const cleanTexts = Array.from({ length: library.passageCount }, (_, number) => library.cleanTextOf(number))
    expect(cleanTexts).toHaveLength(10)
    expect(cleanTexts.join('\n')).not.toMatch(/timestamp|youtube|<b>/)
    expect(library.books[0]).toMatchObject({ title: 'Understanding the Docker client and daemon', authors: ['Ines Calder'] })
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

  it.each([
    'daemon?',
    'socket',
    'docker client',
    'remote daemon',
    'clinet vs daemon',
    'dockre daemon',
    'unix socket permissions',
    'docker context',
    'client versions',
    'what is dockerd',
    'what is the daemon',
    'rest api',
    'DOCKER_HOST',
    'journalctl',
    'docker.sock',
    'Cannot connect to the Docker daemon',
    'where are the logs of the daemon?',
    'Is the client allowed to be newer than the server?',
    'who starts the containers?',
    'what happens when I type docker run?',
  ])('answers it short, misspelt or by the way as well: %s', async (question) => {
    expect((await ask('article', question)).answerable).toBe(true)
  })

  it.each(['wat does the deamon do', 'whats the daemon'])('answers it as typed in a hurry: %s', async (question) => {
    expect((await ask('article', question)).answerable).toBe(true)
  })

  it('puts the passage on the difference first, and finds those on client and daemon, for the question about it', async () => {
    const { passages } = await ask('article', 'How is a Docker client different from a Docker daemon?')
    const found = passages.map(({ passage }) => passage.headingPath.at(-1))
    expect(found[0]).toBe('How the two differ')
    expect(found).toEqual(expect.arrayContaining(['The Docker client', 'The Docker daemon']))
  })

  it.each(['What does EXPOSE do?', 'How do I share an image with a colleague?'])(
    'does not answer what it says nothing about: %s',
    async (question) => {
      expect((await ask('article', question)).answerable).toBe(false)
    },
  )

  it.each(['How do I write a Compose file?', 'what is a volume?'])(
    'should not answer what it says nothing about, but does: %s',
    { fails: true },
    async (question) => {
      expect((await ask('article', question)).answerable).toBe(false)
    },
  )

  it.each([
    'How do I grow tomatoes?',
    'best restaurants in Rome',
    'cheap flights to Oslo',
    'how many legs does a spider have?',
    'What is the meaning of life?',
    'write me a poem about spring',
    'what does -p do?',
    'How do I limit memory?',
    'docker swarm',
    'kubernetes',
    'helm chart',
    'terraform',
  ])('refuses what is far from it: %s', (question) => expectRefused('article', question))
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

  it.each([
    'volumes?',
    'volume',
    'what is docker',
    'docker',
    'compose',
    'ports',
    'logs',
    'prune',
    'swarm',
    '-p',
    '--rm',
    'EXPOSE',
    'Dockerfile',
    'what is a volume',
    'bind mount',
    'exit code 137',
    '137',
    'no space left',
    'restart policy',
  ])('answers a short question: %s', async (question) => {
    expect((await ask('handbook', question)).answerable).toBe(true)
  })

  it.each(['how to remvoe a volume', 'persistant volumes', 'docker compse up', 'bind muont', 'restart polcy'])(
    'answers a misspelt question: %s',
    async (question) => {
      expect((await ask('handbook', question)).answerable).toBe(true)
    },
  )

  it.each([
    'whats a volume',
    'why doesnt my container stop',
    'dont run as root',
    'wher are the logs of a conatiner',
    'how does a container react to SIGTERM?',
    'how do I express a dependency between services?',
  ])('is not put off by hurried typing, nor by names that are everyday words: %s', async (question) => {
    expect((await ask('handbook', question)).answerable).toBe(true)
  })

  it('has no answer in books that were not asked', async () => {
    const found = await ask('handbook', 'what is a volume?', { years: { from: 1990, to: 1991 } })
    expect(found).toEqual({ confidence: 0, answerable: false, passages: [] })
  })
})

describe('a library of one passage', () => {
  const note = 'A named volume keeps the data of a container. It outlives the container, and another container can use the volume.'
  let made: IngestedLibrary
  beforeAll(async () => {
    made = await ingestFiles({ 'note.md': `# Volumes\n\n${note}\n` })
  })
  afterAll(() => made.close())
  const isAnswered = async (text: string) => (await retrievePassages({ text, k: 6 }, made)).answerable

  // "docker" stands nowhere in it; the lexicon tells that this is a word of everywhere, not a rare name.
  it.each([
    'volume',
    'docker volume',
    'docker container',
    'a container in docker',
    'does a volume outlive its container?',
    'keep data of a container',
  ])('answers: %s', async (question) => {
    expect(await isAnswered(question)).toBe(true)
  })

  it.each([
    'bread',
    'docker bread',
    'volume bread',
    'container bread',
    'pull an image',
    'docker server',
    'kubernetes volume',
    'terraform',
    '🐳',
  ])('refuses: %s', async (question) => {
    expect(await isAnswered(question)).toBe(false)
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

  it.each([...unrelated, ...near.slice(1, 2), ...near.slice(3)])('are refused over the handbook: %s', (question) =>
    expectRefused('handbook', question),
  )

  it.each([
    'How do I set up an Istio sidecar?',
    'how to write an ansible playbook',
    'how do I write a Helm chart?',
    'how to deploy lambda functions',
    'How do I center a div in CSS?',
    'git rebase',
    'how do I use vim',
    'excel formula',
    'weather tomorrow',
    'who won the world cup 2022',
    'how many legs does a spider have?',
    'cheap flights to Oslo',
  ])('are refused over the handbook in other words too: %s', (question) => expectRefused('handbook', question))

  // Known to be answered wrongly since the handbook speaks of Kubernetes, Traefik and Helm; a test here that begins to hold says so by
  // failing.
  it.each([...near.slice(0, 1), ...near.slice(2, 3), 'how do I write a SQL join?'])(
    'should be refused over the handbook, but are not yet: %s',
    { fails: true },
    (question) => expectRefused('handbook', question),
  )
})

const line =
  'anchor, mooring | keep my boat; stop the boat; boat moved on; boat is gone; hold the boat; park the boat; leave the boat; boat swings'
const texts = [
  'The anchor holds the ship.',
  'A ship has a mast.',
  'A ship has a deck.',
  'A ship has a hull.',
  'Python: python, python and python.',
]

describe('judgeConfidence', () => {
  const concepts = new ConceptMatcher(buildConceptIndex(parseConcepts(line)))
  let made: IngestedLibrary

  beforeAll(async () => {
    made = await ingestFiles({ 'book.md': texts.map((text, n) => `# Part ${n}\n\n${text}\n`).join('\n') })
  })
  afterAll(() => made.close())

  const fused = (passageNumber: number): FusedPassage => ({ passageNumber, scores: { fused: 1 } })
  const request = (question: string, more: Partial<ConfidenceRequest> = {}): ConfidenceRequest => {
    const { library } = made
    const terms = readQuestion(question, { library, concepts, repair: false })
    return {
      text: question,
      terms,
      concepts,
      library,
      coverage: 0.5,
      best: texts.map((_, number) => fused(number)),
      meaning: undefined,
      ...more,
    }
  }
  const judge = (question: string, more: Partial<ConfidenceRequest> = {}) => judgeConfidence(request(question, more)).value
  const signals = (question: string, more: Partial<ConfidenceRequest> = {}) => Object.fromEntries(measureSignals(request(question, more)))

  it('is sure when the books have every word, and falls with every word that they have not', () => {
    const values = ['anchor ship', 'anchor ship bread', 'anchor ship bread butter'].map((question) => judge(question))
    expect(values[0]).toBeGreaterThanOrEqual(answerableFrom)
    expect(values).toEqual([...values].sort((left, right) => right - left))
    expect(new Set(values).size).toBe(3)
  })

  it('says no when the greater part of the question stands nowhere', () => {
    expect(judge('ship bread butter', { coverage: 0.1 })).toBeLessThan(answerableFrom)
  })

  it('minds a word less that the concepts know than one that nobody knows', () => {
    expect(judge('anchor boat')).toBeGreaterThan(judge('anchor bread'))
    expect(signals('anchor boat').strange).toBe(0)
    expect(signals('anchor bread').strange).toBeGreaterThan(0.5)
  })

  it('does not judge words of asking where there are others', () => {
    expect(judge('mast vs anchor')).toBe(judge('mast anchor', { terms: request('mast vs anchor').terms }))
    expect(signals('difference between mast and deck')).toMatchObject({ unknown: 0, strange: signals('mast deck').strange })
    expect(signals('explain bread').unknown).toBe(1)
  })

  it('judges words of asking where there is nothing else', () => {
    expect(signals('explain the difference')).toMatchObject({ unknown: 1, strange: 1 })
  })

  it('is raised by words that stand side by side in one of the best passages', () => {
    expect(signals('anchor deck').neighbours).toBe(0)
    expect(signals('anchor holds').neighbours).toBeGreaterThan(0)
    expect(judge('anchor holds')).toBeGreaterThan(judge('anchor holds', { best: [fused(1)] }))
  })

  it('falls with names of other technology, as far as the best three passages do not treat them', () => {
    expect(signals('python anchor', { best: [fused(0)] }).other).toBe(1)
    expect(signals('python anchor', { best: [fused(4)] }).other).toBeCloseTo(0.4, 9)
    expect(judge('python anchor', { best: [fused(4)] })).toBeGreaterThan(judge('python anchor', { best: [fused(0)] }))
    expect(signals('python anchor', { best: [0, 1, 2, 4].map(fused) }).other).toBe(1)
    expect(signals('python and kubernetes', { best: [fused(0)] }).other).toBe(1)
    expect(signals('python and kubernetes', { best: [fused(4)] }).other).toBeCloseTo(0.7, 9)
  })

  it('rises with the coverage', () => {
    expect(judge('anchor ship', { coverage: 0.9 })).toBeGreaterThan(judge('anchor ship', { coverage: 0.1 }))
  })

  it('has hardly any confidence without words, whatever the passages', () => {
    expect(judge('', { coverage: 0 })).toBeLessThan(0.05)
    expect(judge('', { coverage: 0, best: [] })).toBeLessThan(0.05)
  })

  it('is raised by a passage that means the same, well above what the question is like to everything', () => {
    const meaning = (score: number, background: number) => ({ hits: [{ passageNumber: 0, score }], background })
    expect(judge('bread', { meaning: meaning(0.8, 0.1) })).toBeGreaterThan(judge('bread', { meaning: meaning(0.3, 0.15) }))
    expect(signals('bread', { meaning: meaning(0.3, 0.15) }).meaning).toBe(0)
    expect(signals('bread', { meaning: meaning(0.8, 0.1) }).meaning).toBe(1)
    expect(signals('bread', { meaning: { hits: [], background: 0.1 } }).meaning).toBe(0)
    expect(signals('bread')).not.toHaveProperty('meaning')
  })

  it('always lies between 0 and 1', () => {
    for (const question of [
      '',
      'anchor',
      'Bread and Butter and Bread',
      'ship Titanic Olympic Britannic Nomadic',
      'python kubernetes react vue angular',
    ]) {
      for (const score of [-1, 0, 1]) {
        for (const best of [[], [fused(0)], texts.map((_, number) => fused(number))]) {
          const confidence = judge(question, { best, coverage: 1, meaning: { hits: [{ passageNumber: 0, score }], background: 0 } })
          expect(confidence).toBeGreaterThanOrEqual(0)
          expect(confidence).toBeLessThanOrEqual(1)
        }
      }
    }
  })
})
