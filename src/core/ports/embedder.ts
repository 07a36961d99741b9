/**
 * Turns texts into vectors of length one. Two texts mean the same the higher their dot product is.
 * The question side and the book side use the same embedder, or the vectors must not be compared.
 */
export interface Embedder {
  /** Names model, revision-relevant choices and dtype, such as `all-MiniLM-L12-v2/q8`. Vectors of different ids are never mixed. */
  readonly id: string
  /** Numbers per vector. */
  readonly dimension: number
  /** Word pieces that one window may hold, special tokens not counted. */
  readonly maxWindowTokens: number
  /** Word pieces of a text without special tokens. */
  countTokens(text: string): number
  /**
   * One vector per text, in the order given, L2-normalised. Rejects with EMBEDDING_FAILED when a text exceeds the window
   * or the model fails, and with the signal's reason when cancelled; `onProgress` is told how many texts are done.
   */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<readonly Float32Array[]>
  /** Ends worker processes and frees the model. Safe to call twice. */
  close(): Promise<void>
}

export interface EmbedOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number) => void
}
