import type { AppError } from '../../core/errors/app-error.js'
import { toModelNotPulled } from './choose-model.js'
import type { OllamaTarget } from './ollama-target.js'
import { probeOllama } from './probe-ollama.js'

/** Ollama's "not found" does not say what it has instead, so MODEL_NOT_PULLED asks once more; other failures pass unchanged. */
export async function nameAvailableModels(failure: AppError, target: OllamaTarget, signal?: AbortSignal): Promise<AppError> {
  if (failure.code !== 'MODEL_NOT_PULLED') return failure
  const { models } = await probeOllama({ baseUrl: target.baseUrl, timeoutMs: 5_000, ...(signal === undefined ? {} : { signal }) })
  return toModelNotPulled(target.model ?? '', models, target.baseUrl)
}
