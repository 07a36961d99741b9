import { AppError } from '../../core/errors/app-error.js'

export interface Deadlines {
  /** Fires with TIMEOUT when a limit is passed, and with the outer signal's reason, as an AppError, when that fires. */
  readonly signal: AbortSignal
  /** Waits for one step; rejects as soon as the signal fires, whatever becomes of the step. */
  wait<Value>(step: PromiseLike<Value>, what: string, limitMs: number): Promise<Value>
  /** Ends all timers and fires the signal, so that nothing goes on behind it. */
  stop(): void
}

/** The longest that a timer can be set for; beyond it Node fires at once. */
const longestTimerMs = 2_147_483_647

/** Starts the clock of `totalMs`. Each step has a limit of its own, which runs only while the step is waited for. */
export function createDeadlines(totalMs: number, outerSignal?: AbortSignal): Deadlines {
  const controller = new AbortController()
  const forward = () => controller.abort(toInterruption(outerSignal))
  if (outerSignal?.aborted === true) forward()
  outerSignal?.addEventListener('abort', forward, { once: true })
  const startTimer = (what: string, limitMs: number) =>
    setTimeout(() => controller.abort(toTimeout(what, limitMs)), Math.min(limitMs, longestTimerMs))
  const total = startTimer('The whole answer', totalMs)
  return {
    signal: controller.signal,
    wait: async (step, what, limitMs) => {
      const timer = startTimer(what, limitMs)
      try {
        return await orAbort(step, controller.signal)
      } finally {
        clearTimeout(timer)
      }
    },
    stop: () => {
      clearTimeout(total)
      outerSignal?.removeEventListener('abort', forward)
      controller.abort()
    },
  }
}

/** The signal comes first, also when it makes the step itself fail: its reason says why. */
async function orAbort<Value>(step: PromiseLike<Value>, signal: AbortSignal): Promise<Value> {
  let giveUp = () => {}
  const aborted = new Promise<never>((_resolve, reject) => {
    giveUp = () => reject(signal.reason)
  })
  signal.addEventListener('abort', giveUp, { once: true })
  if (signal.aborted) giveUp()
  try {
    return await Promise.race([aborted, step])
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}

function toInterruption(signal: AbortSignal | undefined): AppError {
  return signal?.reason instanceof AppError ? signal.reason : new AppError('INTERRUPTED', {}, signal?.reason)
}

function toTimeout(what: string, limitMs: number): AppError {
  return new AppError('TIMEOUT', { what, seconds: limitMs / 1000 })
}
