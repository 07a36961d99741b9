import { AppError } from '../../core/errors/app-error.js'
import type { GeneratedPiece, GenerationRequest, TextGenerator } from '../../core/ports/text-generator.js'
import { type ChatOptions, defaultChatOptions, keepAlive, toRequestOptions } from './chat-options.js'
import { toModelLabel } from './choose-model.js'
import { nameAvailableModels } from './name-available-models.js'
import { toInterruption, toOllamaFailure } from './ollama-failure.js'
import type { OllamaTarget } from './ollama-target.js'
import { type OllamaCall, openCall } from './open-call.js'
import { toDisplayUrl } from './parse-ollama-host.js'
import { type ChatReply, parseChatReply } from './parse-replies.js'

export interface OllamaGeneratorSettings {
  readonly baseUrl: string
  /** An installed model, as `chooseModel` found it; `request.model` overrides it. */
  readonly model: string
  readonly options?: ChatOptions
  readonly limits?: { readonly connectMs?: number }
}

/**
 * Writes answers with a chat model in Ollama. The prompt goes out as one user message; pieces are Ollama's tokens in order.
 * `end` has `complete: false` when the answer reached its length limit or the stream ended early after some text: what
 * arrived stands. Rejects with OLLAMA_UNREACHABLE, MODEL_NOT_PULLED, PROMPT_TOO_LONG, OLLAMA_FAILED, with OLLAMA_CUT when
 * nothing had arrived, and with INTERRUPTED (or the signal's AppError). Deadlines are `generateText`'s.
 */
export function createOllamaGenerator(settings: OllamaGeneratorSettings): TextGenerator {
  return {
    kind: 'ollama',
    aiModel: toModelLabel(settings.model),
    generate: (request) => generate(request, settings),
  }
}

async function* generate(request: GenerationRequest, settings: OllamaGeneratorSettings): AsyncGenerator<GeneratedPiece> {
  const options = settings.options ?? defaultChatOptions
  const model = request.model ?? settings.model
  const target = { baseUrl: settings.baseUrl, model, contextTokens: options.numCtx, ...settings.limits }
  const call = await openCall(target, request.signal)
  try {
    yield* toPieces(readReplies(call, target, toChatRequest(model, request, options)), target)
  } catch (thrown) {
    throw await nameAvailableModels(toOllamaFailure(thrown, target, call.signal), target, request.signal)
  } finally {
    call.close()
  }
}

/** `truncate: false` makes Ollama refuse a prompt that does not fit; without it the best passages are lost in silence. */
function toChatRequest(model: string, { prompt, schema }: GenerationRequest, options: ChatOptions) {
  const stream: true = true
  return {
    model,
    messages: [{ role: 'user', content: prompt }],
    stream,
    ...(schema === undefined ? {} : { format: schema }),
    truncate: false,
    keep_alive: keepAlive,
    options: toRequestOptions(options),
  }
}

async function* readReplies(call: OllamaCall, target: OllamaTarget, body: ReturnType<typeof toChatRequest>): AsyncGenerator<ChatReply> {
  for await (const reply of await call.client.chat(body)) {
    // One network packet may hold many tokens; none of them follows a cancel.
    if (call.signal.aborted) throw toInterruption(call.signal)
    yield parseChatReply(reply, target)
  }
}

async function* toPieces(replies: AsyncIterable<ChatReply>, target: OllamaTarget): AsyncGenerator<GeneratedPiece> {
  let tokens = 0
  try {
    for await (const reply of replies) {
      const text = reply.message?.content ?? ''
      if (text !== '') {
        tokens += 1
        yield { kind: 'text', text }
      }
      if (reply.done) {
        if (tokens === 0) throw new AppError('OLLAMA_FAILED', { url: toDisplayUrl(target.baseUrl), problem: 'the model wrote nothing.' })
        yield toEnd(reply, tokens)
      }
    }
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'OLLAMA_CUT' || tokens === 0) throw thrown
    yield { kind: 'end', complete: false, promptTokens: 0, answerTokens: tokens }
  }
}

function toEnd(reply: ChatReply, tokens: number): GeneratedPiece {
  const complete = reply.done_reason === undefined || reply.done_reason === 'stop'
  return { kind: 'end', complete, promptTokens: reply.prompt_eval_count, answerTokens: reply.eval_count ?? tokens }
}
