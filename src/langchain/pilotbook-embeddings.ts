import { Embeddings } from '@langchain/core/embeddings'
import { disableTracing } from '../app/config/disable-tracing.js'
import type { Embedder } from '../core/ports/embedder.js'
import { cutWindows } from '../ingest/embed-passages/cut-windows.js'

/**
 * The embedder as LangChain `Embeddings`: one vector of length one per text, in the order given. A text longer than the model's window
 * (126 word pieces, some 90 words) is neither cut off nor refused: it is embedded window by window, and its vector is the mean of theirs,
 * weighted by their word pieces and brought back to length one. Rejects with EMBEDDING_FAILED. Creating one turns automatic tracing off.
 */
export class PilotbookEmbeddings extends Embeddings {
  readonly #embedder: Embedder

  constructor(embedder: Embedder) {
    super({})
    disableTracing()
    this.#embedder = embedder
  }

  override async embedDocuments(texts: readonly string[]): Promise<number[][]> {
    const windows = texts.map((text) => toWindows(text, this.#embedder))
    const vectors = await this.#embedder.embed(windows.flat())
    let start = 0
    return windows.map((own) => {
      const vectorsOfText = vectors.slice(start, start + own.length)
      start += own.length
      const weights = own.map((window) => this.#embedder.countTokens(window))
      return toMean(vectorsOfText, weights)
    })
  }

  override async embedQuery(text: string): Promise<number[]> {
    const [vector = []] = await this.embedDocuments([text])
    return vector
  }

  /** Ends the embedder's processes. Safe to call twice. */
  async close(): Promise<void> {
    await this.#embedder.close()
  }
}

/** At least one, so that a text without words has a vector too, as with every other embedder. */
function toWindows(text: string, embedder: Embedder): readonly string[] {
  const windows = cutWindows({ headingPath: [], cleanText: text }, embedder)
  return windows.length === 0 ? [''] : windows
}

function toMean(vectors: readonly Float32Array[], weights: readonly number[]): number[] {
  const [first = new Float32Array()] = vectors
  if (vectors.length === 1) return [...first]
  const sum = [...first].map((_, place) => vectors.reduce((total, vector, at) => total + (vector[place] ?? 0) * (weights[at] ?? 0), 0))
  const length = Math.hypot(...sum)
  // Windows that cancel each other out entirely have no direction; the first then stands for all.
  return length === 0 ? [...first] : sum.map((value) => value / length)
}
