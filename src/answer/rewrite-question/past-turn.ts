import type { Turn } from '../../core/types/conversation.js'

/** What a rewriting looks at of a turn before the question. */
export interface PastTurn extends Pick<Turn, 'question' | 'standaloneQuestion'> {
  readonly answer: Pick<Turn['answer'], 'kind' | 'markdown'>
}
