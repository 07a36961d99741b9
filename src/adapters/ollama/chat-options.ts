/** How the chat model is run. `numCtx` (and `numThread`) are load-time: another value makes Ollama load the model again. */
export interface ChatOptions {
  /** Tokens that prompt and answer may have together. */
  readonly numCtx: number
  /** Tokens that the answer may have; Ollama's own default has no useful bound. */
  readonly numPredict: number
  readonly temperature: number
  readonly seed: number
  readonly topK: number
  readonly topP: number
  /** 1 is none: a penalty spoils words quoted from the books and repeated `[n]` markers. */
  readonly repeatPenalty: number
  /** Threads; Ollama's own choice when absent. */
  readonly numThread?: number
}

/** The one set for answers and for warming up. top_k and top_p are what Gemma 3 ships with; the rest is for grounded answers. */
export const defaultChatOptions: ChatOptions = {
  numCtx: 4096,
  numPredict: 700,
  temperature: 0.1,
  seed: 42,
  topK: 64,
  topP: 0.95,
  repeatPenalty: 1,
}

/** Keeps the model loaded between questions; sent with every call, because the latest value counts. */
export const keepAlive = '30m'

/** The options under the names that Ollama reads. */
export function toRequestOptions(options: ChatOptions) {
  return {
    num_ctx: options.numCtx,
    num_predict: options.numPredict,
    temperature: options.temperature,
    seed: options.seed,
    top_k: options.topK,
    top_p: options.topP,
    min_p: 0,
    repeat_penalty: options.repeatPenalty,
    ...(options.numThread === undefined ? {} : { num_thread: options.numThread }),
  }
}
