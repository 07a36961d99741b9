import type { Answer } from '../core/types/answer.js'

/** The steps that an answer's timings tell apart. */
export type Lap = Exclude<keyof Answer['timings'], 'totalMs'>

export interface Clock {
  /** Ends a step: the time since the last lap is its. */
  lap(name: Lap): void
  /** Milliseconds with one decimal; steps that did not run have 0. */
  read(): Answer['timings']
}

/** Starts a clock; `now` gives milliseconds from any origin. */
export function startClock(now: () => number): Clock {
  const started = now()
  let last = started
  const laps: Record<Exclude<Lap, 'rewriteMs'>, number> & { rewriteMs?: number } = { retrieveMs: 0, promptMs: 0, generateMs: 0, citeMs: 0 }
  return {
    lap: (name) => {
      laps[name] = roundTenth(now() - last)
      last = now()
    },
    read: () => ({ ...laps, totalMs: roundTenth(now() - started) }),
  }
}

function roundTenth(ms: number): number {
  return Math.round(ms * 10) / 10
}
