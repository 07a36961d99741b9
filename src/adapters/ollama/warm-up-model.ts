import { type ChatOptions, defaultChatOptions, keepAlive, toRequestOptions } from './chat-options.js'
import { nameAvailableModels } from './name-available-models.js'
import { toOllamaFailure } from './ollama-failure.js'
import { openCall } from './open-call.js'

export interface WarmUpSettings {
  readonly baseUrl: string
  readonly model: string
  /** Must be those of the generator, or the first question loads the model again. */
  readonly options?: ChatOptions
  readonly signal?: AbortSignal
}

/**
 * Loads the model into Ollama's memory and generates nothing; resolves when it is loaded, which may take minutes. Rejects
 * with OLLAMA_UNREACHABLE, MODEL_NOT_PULLED, OLLAMA_FAILED, OLLAMA_CUT or INTERRUPTED.
 */
export async function warmUpModel(settings: WarmUpSettings): Promise<void> {
  const { baseUrl, model, options = defaultChatOptions, signal } = settings
  const target = { baseUrl, model, contextTokens: options.numCtx }
  const call = await openCall(target, signal)
  try {
    await call.client.chat({ model, keep_alive: keepAlive, options: toRequestOptions(options) })
  } catch (thrown) {
    throw await nameAvailableModels(toOllamaFailure(thrown, target, call.signal), target, signal)
  } finally {
    call.close()
  }
}
