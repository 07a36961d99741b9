import type { AnswerMemory, RememberedAnswer } from '../answer/recall-answer.js'
import type { Question } from '../core/types/question.js'

/** What an answer rests on besides its question: when one of these changes, it is written anew. */
export interface AnswerGround {
  /** Name of the index's generation. */
  readonly generation: string
  /** As Ollama names it; the generator's own name without a chat model. */
  readonly model: string
  /** Id of the embedder that passages were found with. */
  readonly embedder: string
  /** Hash of the prompt files. */
  readonly prompts: string
}

export interface CacheLimits {
  readonly entries: number
  /** In memory, estimated: two bytes for each character of an answer as JSON. */
  readonly bytes: number
}

/** Some hundred answers of a working day; an answer with its passages takes about 20 kB. */
const defaultLimits: CacheLimits = { entries: 500, bytes: 32 * 1024 * 1024 }

interface Entry {
  readonly remembered: RememberedAnswer
  readonly bytes: number
}

/** Answers of this process, the least recently used dropped first. An answer larger than the whole is not kept. */
export class AnswerCache {
  readonly #limits: CacheLimits
  /** From the least to the most recently used. */
  readonly #entries = new Map<string, Entry>()
  #bytes = 0

  constructor(limits: CacheLimits = defaultLimits) {
    this.#limits = limits
  }

  get size(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.#entries.size, bytes: this.#bytes }
  }

  /** The answers that rest on the same ground. */
  on(ground: AnswerGround): AnswerMemory {
    return {
      recall: (question) => this.#recall(toKey(question, ground)),
      keep: (question, remembered) => this.#keep(toKey(question, ground), remembered),
    }
  }

  #recall(key: string): RememberedAnswer | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.remembered
  }

  #keep(key: string, remembered: RememberedAnswer): void {
    this.#drop(key)
    const bytes = 2 * (key.length + JSON.stringify(remembered).length)
    if (bytes > this.#limits.bytes) return
    this.#entries.set(key, { remembered, bytes })
    this.#bytes += bytes
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#limits.entries && this.#bytes <= this.#limits.bytes) break
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0
    this.#entries.delete(key)
  }
}

// Letters keep their case: `-P` and `-p` are two questions.
function toKey({ text, books, years, k, eachBook, without }: Question, { generation, model, embedder, prompts }: AnswerGround): string {
  return JSON.stringify([
    text.replace(/\s+/g, ' ').trim(),
    books === undefined ? null : [...new Set(books)].sort(),
    years === undefined ? null : [years.from, years.to],
    k,
    eachBook === true,
    [...(without ?? [])].sort(),
    [generation, model, embedder, prompts],
  ])
}
