import type { Ollama } from 'ollama'
import { createOllamaFetch } from './ollama-fetch.js'
import type { OllamaTarget } from './ollama-target.js'

export interface OllamaCall {
  readonly client: Ollama
  /** Fires when the call is stopped, from outside or by `close`. */
  readonly signal: AbortSignal
  /** Closes the connection, and with it whatever Ollama still does for this call. Must be called; safe to call twice. */
  close(): void
}

/**
 * A client of the `ollama` package for one call only: the package cannot cancel one call of several, nor any call before
 * its first token, so each call gets its own client, whose `fetch` obeys a signal of its own.
 */
export async function openCall(target: OllamaTarget, outerSignal?: AbortSignal): Promise<OllamaCall> {
  const { Ollama } = await import('ollama')
  const controller = new AbortController()
  const stop = () => controller.abort(outerSignal?.reason)
  if (outerSignal?.aborted === true) stop()
  outerSignal?.addEventListener('abort', stop, { once: true })
  return {
    client: new Ollama({ host: target.baseUrl, fetch: createOllamaFetch(target, controller.signal) }),
    signal: controller.signal,
    close: () => {
      outerSignal?.removeEventListener('abort', stop)
      controller.abort()
    },
  }
}
