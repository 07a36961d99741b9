import { setTimeout as sleep } from 'node:timers/promises'

/** How long a call waits for the writes of another process; ours take milliseconds. */
const patienceMs = 5_000
const pauseMs = 10

/**
 * The outcome of the first try that is not refused because another process writes. SQLite's own waiting would hold up everything else in
 * this process meanwhile. What is tried must leave nothing behind when it fails.
 */
export async function retryWhileBusy<Value>(run: () => Promise<Value>): Promise<Value> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error
    }
    // Not in step: two that met once would meet again.
    await sleep(pauseMs * (1 + Math.random()))
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_BUSY')
}
