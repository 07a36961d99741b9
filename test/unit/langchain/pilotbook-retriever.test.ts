import { BaseRetriever } from '@langchain/core/retrievers'
import { RunnableLambda, RunnableSequence } from '@langchain/core/runnables'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { PilotbookRetriever } from '../../../src/langchain/langchain.js'
import { createFakePilotbook } from '../../helpers/fake-pilotbook.js'
import { createHarbourLibrary, type HarbourLibrary, harbourBook } from '../../helpers/harbour-library.js'

let library: HarbourLibrary
beforeAll(async () => {
  library = await createHarbourLibrary()
})
afterAll(() => library.close())

describe('the library as a LangChain retriever', () => {
  it('is a BaseRetriever of LangChain', () => {
    expect(new PilotbookRetriever({ pilotbook: library.pilotbook })).toBeInstanceOf(BaseRetriever)
  })

  it('returns the passages of a search as documents: the exact slice as text and its full place as metadata', async () => {
    const question = 'What does -P do?'
    const documents = await new PilotbookRetriever({ pilotbook: library.pilotbook }).invoke(question)
    const { passages } = await library.pilotbook.search({ question })

    expect(documents.map(({ pageContent, metadata }) => ({ ...metadata, text: pageContent }))).toEqual(passages)
    const [best] = documents
    expect(best?.metadata).toMatchObject({
      rank: 1,
      book: { title: 'Harbour Notes' },
      file: 'Harbour Notes.md',
      headingPath: expect.arrayContaining(['Ports']),
      scores: { lexical: { rank: 1 } },
    })
    expect(best?.id).toBe(best?.metadata.id)
    expect(best?.pageContent).toBe(harbourBook.slice(best?.metadata.startOffset, best?.metadata.endOffset))
    expect(best?.pageContent).toContain('`-P` publishes every exposed port')
  })

  it('passes on how many passages, of which books and years, and nothing that was not chosen', async () => {
    const pilotbook = createFakePilotbook()

    await new PilotbookRetriever({ pilotbook, k: 3, books: ['handbook'], years: { from: 2015, to: 2020 }, tags: ['docker'] }).invoke(
      'ports?',
    )
    await new PilotbookRetriever({ pilotbook }).invoke('volumes?')

    expect(pilotbook.calls.map(({ request }) => request)).toEqual([
      { question: 'ports?', k: 3, books: ['handbook'], years: { from: 2015, to: 2020 } },
      { question: 'volumes?' },
    ])
  })

  it('runs inside a chain', async () => {
    const chain = RunnableSequence.from([
      new PilotbookRetriever({ pilotbook: library.pilotbook, k: 1 }),
      RunnableLambda.from((documents: readonly { pageContent: string }[]) => documents.map(({ pageContent }) => pageContent).join()),
    ])

    expect(await chain.invoke('What outlives the container?')).toContain('A named volume outlives')
  })

  it('stops the search when the signal of the call fires, in a chain too, and not that of another call', async () => {
    const pilotbook = createFakePilotbook({ steps: [{ kind: 'hang' }] })
    const retriever = new PilotbookRetriever({ pilotbook })
    const stopped = new AbortController()
    const other = new AbortController()
    const running = [
      retriever.invoke('ports?', { signal: stopped.signal }),
      RunnableSequence.from([retriever, RunnableLambda.from(() => 'never')]).invoke('ports?', { signal: stopped.signal }),
      retriever.invoke('ports?', { signal: other.signal }),
    ].map((run) =>
      run.then(
        () => 'found',
        (reason: unknown) => reason,
      ),
    )
    await vi.waitFor(() => expect(pilotbook.calls).toHaveLength(3))

    const reason = new Error('stopped by the reader')
    stopped.abort(reason)
    const [alone] = await Promise.all(running.slice(0, 2))

    expect(alone).toBe(reason)
    expect(pilotbook.aborts).toEqual([reason, reason])
    other.abort(reason)
    await running[2]
  })

  it('does not begin a search whose signal has fired already', async () => {
    const pilotbook = createFakePilotbook()
    const reason = new Error('too late')

    await expect(new PilotbookRetriever({ pilotbook }).invoke('ports?', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(pilotbook.calls).toEqual([])
  })

  it('rejects as the search does', async () => {
    const retriever = new PilotbookRetriever({ pilotbook: library.pilotbook, books: ['Sea Stories'] })

    await expect(retriever.invoke('What does -P do?')).rejects.toMatchObject({ code: 'BOOK_UNKNOWN' })
  })
})
