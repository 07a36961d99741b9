import type { Notice } from '../core/types/answer.js'

/** A notice about something that is missing: `text` is problem and remedy in one, for readers of an answer. */
export interface Shortfall extends Notice {
  readonly problem: string
  readonly remedy: string
}

export function createShortfall(code: string, problem: string, remedy: string): Shortfall {
  return { code, text: `${problem} ${remedy}`, problem, remedy }
}

/** As an answer carries it. */
export function toNotice({ code, text }: Shortfall): Notice {
  return { code, text }
}
