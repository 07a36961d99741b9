import { AsyncLocalStorage } from 'node:async_hooks'
import { Document, type DocumentInterface } from '@langchain/core/documents'
import { BaseRetriever, type BaseRetrieverInput } from '@langchain/core/retrievers'
import { ensureConfig, type RunnableConfig } from '@langchain/core/runnables'
import { disableTracing } from '../app/config/disable-tracing.js'
import type { AskRequest, Pilotbook, SearchHit } from '../app/pilotbook.js'

/** Where a passage stands and how it was found: all of a search hit but its text. Offsets and lines are those of `SearchHit`. */
export type PassageMetadata = Omit<SearchHit, 'text'>

export interface PilotbookRetrieverInput extends BaseRetrieverInput, Pick<AskRequest, 'books' | 'years' | 'k'> {
  readonly pilotbook: Pick<Pilotbook, 'search'>
}

/**
 * The library as a LangChain retriever: a question in, its best passages out, best first, 6 unless `k` says otherwise. `pageContent` is
 * exactly the slice of the book, `metadata` its full place. Passages come also when the books do not seem to answer the question.
 * Honours `signal` and `timeout` of the call; rejects as `search` does. Creating one turns automatic tracing off.
 */
export class PilotbookRetriever extends BaseRetriever<PassageMetadata> {
  override lc_namespace = ['pilotbook', 'retrievers']
  readonly #pilotbook: PilotbookRetrieverInput['pilotbook']
  readonly #choices: Omit<AskRequest, 'question'>
  // LangChain hands the signal to `invoke` but not on to the retrieval itself; two calls at a time must not mix theirs up.
  readonly #signals = new AsyncLocalStorage<AbortSignal | undefined>()

  static override lc_name(): string {
    return 'PilotbookRetriever'
  }

  constructor({ pilotbook, books, years, k, ...fields }: PilotbookRetrieverInput) {
    super(fields)
    disableTracing()
    this.#pilotbook = pilotbook
    this.#choices = {
      ...(books === undefined ? {} : { books }),
      ...(years === undefined ? {} : { years }),
      ...(k === undefined ? {} : { k }),
    }
  }

  override async invoke(question: string, options?: RunnableConfig): Promise<DocumentInterface<PassageMetadata>[]> {
    const config = ensureConfig(options)
    return this.#signals.run(config.signal, () => super.invoke(question, config))
  }

  override async _getRelevantDocuments(question: string): Promise<DocumentInterface<PassageMetadata>[]> {
    const signal = this.#signals.getStore()
    signal?.throwIfAborted()
    const found = await this.#pilotbook.search({ question, ...this.#choices }, signal === undefined ? {} : { signal })
    return found.passages.map(toDocument)
  }
}

function toDocument({ text, ...metadata }: SearchHit): DocumentInterface<PassageMetadata> {
  return new Document({ id: metadata.id, pageContent: text, metadata })
}
