import { setTimeout as sleep } from 'node:timers/promises'

/** Looks again and again until the condition holds; fails after ten seconds, far beyond what any test needs. */
export async function waitUntil(condition: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    if (condition()) return
    await sleep(5)
  }
  throw new Error(`Waited in vain until ${what}.`)
}
