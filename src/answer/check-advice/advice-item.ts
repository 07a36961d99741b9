import type { Citation } from '../../core/types/answer.js'
import type { WordStatus } from '../../docker-knowledge/vocabulary/parse-flag.js'

/** One word of Docker's own in a text: what an answer tells its reader to type. */
export interface AdviceItem {
  readonly kind: 'command' | 'flag' | 'instruction' | 'option' | 'key'
  /** As written: `docker volume mount`, `--persist`, `COPY`, `type=cache`, `depends_on`. */
  readonly name: string
  /**
   * What it belongs to: for a command itself as the help pages call it, for its flags the same, for a Dockerfile's flag its instruction, for
   * a key its group; empty for a flag that is named without a command.
   */
  readonly owner: string
  readonly status: WordStatus
  /** Why it is old and what to write today. */
  readonly note?: string
  /** UTF-16 offset of the fence, or of the words, in which it stands. */
  readonly start: number
}

/** Not yet placed: what the readers of fences and words give back. */
export type FoundItem = Omit<AdviceItem, 'start'>

/** A cited answer as far as it is checked. */
export interface Advice {
  readonly markdown: string
  readonly citations: readonly Citation[]
}
