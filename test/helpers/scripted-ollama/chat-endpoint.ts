import { setTimeout as sleep } from 'node:timers/promises'
import type { ChatBody, ChatReply, ScriptedModel } from './ollama-script.js'
import { type Exchange, findModel, sendJson, takeTurn, toFullName, writeLine, writeRaw } from './server-state.js'

const defaultTokens = ['An ', '**image** ', 'is ', 'a ', 'read-only ', 'template ', '[1].']
const loadTimeOptions = ['num_ctx', 'num_batch', 'num_gpu', 'main_gpu', 'use_mmap', 'num_thread']

/** POST /api/chat: checks, load, prompt, then the scripted reply; one request per model at a time. */
export async function answerChat(exchange: Exchange): Promise<void> {
  const { state, record, response, closed } = exchange
  const model = findModel(state, record.body.model)
  if (model === undefined) return sendJson(response, 404, { error: `model '${record.body.model ?? ''}' not found` })
  const refused = toRefusal(record.body)
  if (refused !== undefined) return sendJson(response, refused.status, { error: refused.error })
  const turn = takeTurn(state, toFullName(model.name))
  await Promise.race([turn.ready, untilClosed(closed)])
  try {
    if (closed.aborted) return
    record.isServed = true
    await serve(exchange, model)
  } finally {
    turn.release()
  }
}

async function serve(exchange: Exchange, model: ScriptedModel): Promise<void> {
  const { state, record, response } = exchange
  const contextTokens = load(exchange, model)
  const messages = record.body.messages ?? []
  if (messages.length === 0) return sendJson(response, 200, toChunk(model.name, '', { done: true, done_reason: 'load' }))
  const prompt = messages.map((message) => message.content).join('\n')
  let promptTokens = countTokens(prompt)
  if (promptTokens >= contextTokens) {
    if (record.body.truncate === false) return refusePrompt(exchange, promptTokens, contextTokens)
    // Without `truncate: false` the front is lost and nobody is told.
    promptTokens = Math.floor(contextTokens / 2)
    record.cutPrompt = prompt.slice(-promptTokens * 4)
  }
  const place = state.generations
  state.generations += 1
  state.openStreams += 1
  try {
    await play(exchange, chooseReply(exchange, place), { name: model.name, promptTokens })
  } finally {
    state.openStreams -= 1
  }
}

interface Play {
  readonly name: string
  readonly promptTokens: number
}

async function play(exchange: Exchange, reply: ChatReply, play: Play): Promise<void> {
  const { record, response, closed } = exchange
  const write = (count: number, toToken: (place: number) => string, delayMs = 0) => writeTokens(exchange, { play, count, toToken, delayMs })
  switch (reply.kind) {
    case 'answer': {
      if (!(await write(reply.tokens.length, (place) => reply.tokens[place] ?? '', reply.tokenDelayMs))) return
      return finish(exchange, play, reply.doneReason ?? 'stop')
    }
    case 'endless': {
      await write(Number.POSITIVE_INFINITY, toWord, 1)
      return
    }
    case 'hang': {
      await write(reply.afterTokens ?? 0, toWord)
      await untilClosed(closed)
      return
    }
    case 'cut': {
      await write(reply.afterTokens ?? 0, toWord)
      // What was written must be out before the connection goes, or the client never sees it.
      if (record.tokens > 0) await sleep(20)
      response.destroy()
      return
    }
    case 'error': {
      await write(reply.afterTokens ?? 0, toWord)
      if (record.tokens === 0) return sendJson(response, 500, { error: reply.message })
      writeLine(response, { error: reply.message })
      response.end()
      return
    }
    case 'no-done': {
      await write(reply.afterTokens, toWord)
      writeRaw(response, reply.partOfLine ?? '')
      response.end()
      return
    }
    case 'repeat': {
      await write(30, () => reply.token)
      response.end()
      return
    }
    case 'raw-line': {
      await write(reply.afterTokens ?? 0, toWord)
      writeLine(response, reply.line)
      return finish(exchange, play, 'stop')
    }
    case 'status': {
      response.writeHead(reply.status, { 'content-type': reply.contentType ?? 'application/json; charset=utf-8' })
      response.end(reply.body)
      return
    }
  }
}

interface Tokens {
  readonly play: Play
  readonly count: number
  readonly toToken: (place: number) => string
  readonly delayMs: number
}

/** Whether all could be written: a closed connection stops the generation, as it does in Ollama. */
async function writeTokens({ record, response, closed }: Exchange, tokens: Tokens): Promise<boolean> {
  for (let place = 0; place < tokens.count; place += 1) {
    await sleep(tokens.delayMs, undefined, { signal: closed }).catch(() => {})
    if (closed.aborted) return false
    writeLine(response, toChunk(tokens.play.name, tokens.toToken(place), { done: false }))
    record.tokens += 1
  }
  return true
}

function finish({ record, response }: Exchange, play: Play, doneReason: string): void {
  const counts = { prompt_eval_count: play.promptTokens, prompt_eval_duration: 1_000, eval_count: record.tokens, eval_duration: 1_000 }
  writeLine(
    response,
    toChunk(play.name, '', { done: true, done_reason: doneReason, total_duration: 3_000, load_duration: 1_000, ...counts }),
  )
  response.end()
}

function chooseReply({ state, record }: Exchange, place: number): ChatReply {
  const { replies } = state.script
  const chosen = typeof replies === 'function' ? replies(record.body, place) : (replies?.[place] ?? replies?.at(-1))
  return chosen ?? { kind: 'answer', tokens: defaultTokens }
}

/** Loads the model unless it is loaded with the same load-time options; returns its context in tokens. */
function load({ state, record }: Exchange, model: ScriptedModel): number {
  const wanted = Number(record.body.options?.num_ctx ?? 4096)
  const contextTokens = Math.min(wanted, model.contextLength ?? 131_072)
  const key = loadTimeOptions.map((name) => String(record.body.options?.[name] ?? '')).join('|')
  const known = `${toFullName(model.name)}|${key}`
  if (!state.loaded.has(known)) {
    for (const other of [...state.loaded.keys()]) if (other.startsWith(`${toFullName(model.name)}|`)) state.loaded.delete(other)
    state.loaded.set(known, contextTokens)
    state.loads += 1
  }
  return contextTokens
}

function toRefusal(body: ChatBody): { readonly status: number; readonly error: string } | undefined {
  if (body.think === true) return { status: 400, error: `"${body.model ?? ''}" does not support thinking` }
  for (const name of ['num_ctx', 'num_predict', 'seed', 'top_k']) {
    const value = body.options?.[name]
    if (value !== undefined && !Number.isInteger(value)) return { status: 500, error: `option "${name}" must be of type integer` }
  }
  return undefined
}

function refusePrompt({ state, response }: Exchange, promptTokens: number, contextTokens: number): void {
  const details = { code: 400, message: 'the request exceeds the available context size', type: 'exceed_context_size_error' }
  const inside = JSON.stringify({ error: { ...details, n_prompt_tokens: promptTokens, n_ctx: contextTokens } })
  sendJson(response, 400, { error: state.script.isOldEngine === true ? 'the input length exceeds the context length' : inside })
}

function toChunk(model: string, content: string, rest: object): object {
  return { model, created_at: '2026-01-01T00:00:00Z', message: { role: 'assistant', content }, ...rest }
}

const toWord = (place: number): string => `word${place} `

/** About what a tokenizer counts in English prose. */
const countTokens = (text: string): number => Math.ceil(text.length / 4)

function untilClosed(closed: AbortSignal): Promise<void> {
  if (closed.aborted) return Promise.resolve()
  return new Promise((resolve) => closed.addEventListener('abort', () => resolve(), { once: true }))
}
