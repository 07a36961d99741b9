import { defaultChatOptions } from '../adapters/ollama/chat-options.js'
import { chooseModel } from '../adapters/ollama/choose-model.js'
import { createExtractiveGenerator } from '../answer/generate-text/extractive/extractive-generator.js'
import { AppError } from '../core/errors/app-error.js'
import type { TextGenerator } from '../core/ports/text-generator.js'
import type { Config } from './config/config.js'
import { createShortfall, type Shortfall } from './shortfall.js'

export interface ChosenGenerator {
  readonly generator: TextGenerator
  /** The installed chat model in use. */
  readonly model?: string
  /** Why no chat model answers, when none does. */
  readonly shortfall?: Shortfall
}

/**
 * The chat model in Ollama when there is one, else quotes from the books with a notice that says why. A model demanded by name is
 * never replaced: rejects with OLLAMA_UNREACHABLE or MODEL_NOT_PULLED.
 */
export async function chooseGenerator(config: Config, demanded?: string, signal?: AbortSignal): Promise<ChosenGenerator> {
  try {
    if (config.offline && !isOnThisMachine(config.ollamaUrl)) {
      throw new AppError('OLLAMA_UNREACHABLE', { url: config.ollamaUrl, problem: 'PILOTBOOK_OFFLINE is set, and it is another machine.' })
    }
    const { probeOllama } = await import('../adapters/ollama/probe-ollama.js')
    const state = await probeOllama({ baseUrl: config.ollamaUrl, ...(signal === undefined ? {} : { signal }) })
    const { name } = chooseModel(demanded ?? config.chatModel, state.models, config.ollamaUrl)
    const { createOllamaGenerator } = await import('../adapters/ollama/ollama-generator.js')
    return { generator: createOllamaGenerator({ baseUrl: config.ollamaUrl, model: name, options: defaultChatOptions }), model: name }
  } catch (error) {
    if (demanded !== undefined || !(error instanceof AppError) || !replaceable.has(error.code)) throw error
    return { generator: createExtractiveGenerator(), shortfall: toShortfall(error, config) }
  }
}

const replaceable: ReadonlySet<string> = new Set(['OLLAMA_UNREACHABLE', 'MODEL_NOT_PULLED'])

function toShortfall(error: AppError, config: Config): Shortfall {
  const remedy =
    error.code === 'MODEL_NOT_PULLED'
      ? `Run \`ollama pull ${config.chatModel}\`.`
      : `Install Ollama, start it with \`ollama serve\` and run \`ollama pull ${config.chatModel}\`.`
  return createShortfall('NO_CHAT_MODEL', `No language model answers; answers are quoted from the books. ${error.message}`, remedy)
}

function isOnThisMachine(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)
}
