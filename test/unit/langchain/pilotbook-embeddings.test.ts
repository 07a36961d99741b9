import { Embeddings } from '@langchain/core/embeddings'
import { describe, expect, it } from 'vitest'
import { PilotbookEmbeddings } from '../../../src/langchain/langchain.js'
import { createFakeEmbedder } from '../../helpers/fake-embedder.js'

const short = 'docker run starts a container'
const shorter = 'volumes outlive containers'
const long = Array.from({ length: 30 }, (_, at) => `Sentence ${at} tells of ${at % 2 === 0 ? 'ports' : 'networks and volumes'}.`).join('\n')

const dot = (left: readonly number[], right: readonly number[]) => left.reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0)

describe('the embedder as LangChain embeddings', () => {
  it('is an Embeddings of LangChain', () => {
    expect(new PilotbookEmbeddings(createFakeEmbedder())).toBeInstanceOf(Embeddings)
  })

  it('gives each document the vector that the embedder gives it, in the order given, as plain numbers', async () => {
    const embeddings = new PilotbookEmbeddings(createFakeEmbedder())
    const expected = await createFakeEmbedder().embed([short, shorter])

    const vectors = await embeddings.embedDocuments([short, shorter])

    expect(vectors).toEqual(expected.map((vector) => [...vector]))
    expect(vectors.every(Array.isArray)).toBe(true)
    expect(await embeddings.embedDocuments([])).toEqual([])
  })

  it('gives a question the same vector as a document of the same words', async () => {
    const embeddings = new PilotbookEmbeddings(createFakeEmbedder())

    expect(await embeddings.embedQuery(short)).toEqual((await embeddings.embedDocuments([short]))[0])
  })

  it('embeds a text longer than the window whole, as the mean of its windows weighted by their length, and keeps its neighbours', async () => {
    const embedder = createFakeEmbedder({ maxWindowTokens: 20 })
    const [before, vector = [], after] = await new PilotbookEmbeddings(embedder).embedDocuments([short, long, shorter])
    const windows = embedder.embedded.slice(1, -1)

    expect(windows.length).toBeGreaterThan(5)
    expect(windows.join('\n').match(/\w+/g)).toEqual(long.match(/\w+/g))
    const parts = await createFakeEmbedder({ maxWindowTokens: 20 }).embed(windows)
    const sum = vector.map((_, at) =>
      parts.reduce((total, part, place) => total + (part[at] ?? 0) * embedder.countTokens(windows[place] ?? ''), 0),
    )
    const length = Math.hypot(...sum)
    expect(
      dot(
        vector,
        sum.map((value) => value / length),
      ),
    ).toBeCloseTo(1, 6)
    expect(dot(vector, vector)).toBeCloseTo(1, 6)
    expect([before, after]).toEqual((await createFakeEmbedder().embed([short, shorter])).map((own) => [...own]))
  })

  it('has a vector for a text without words', async () => {
    const vector = await new PilotbookEmbeddings(createFakeEmbedder()).embedQuery(' \n ')

    expect(dot(vector, vector)).toBeCloseTo(1, 6)
  })

  it('rejects as the embedder does, and closes it', async () => {
    const embeddings = new PilotbookEmbeddings(createFakeEmbedder())

    await embeddings.close()

    await expect(embeddings.embedQuery(short)).rejects.toMatchObject({ code: 'EMBEDDING_FAILED' })
  })
})
