import { afterEach, describe, expect, it } from 'vitest'
import { defaultChatOptions } from '../../../../src/adapters/ollama/chat-options.js'
import { createOllamaGenerator, type OllamaGeneratorSettings } from '../../../../src/adapters/ollama/ollama-generator.js'
import { AppError } from '../../../../src/core/errors/app-error.js'
import type { GeneratedPiece, GenerationRequest } from '../../../../src/core/ports/text-generator.js'
import { countListeners } from '../../../helpers/count-listeners.js'
import type { ChatReply, OllamaScript } from '../../../helpers/scripted-ollama/ollama-script.js'
import { waitUntil } from '../../../helpers/scripted-ollama/wait-until.js'
import { type ScriptedOllama, startScriptedOllama } from '../../../helpers/scripted-ollama.js'

let ollama: ScriptedOllama | undefined
afterEach(async () => {
  await ollama?.close()
  ollama = undefined
})

async function start(script: OllamaScript = {}): Promise<ScriptedOllama> {
  ollama = await startScriptedOllama(script)
  return ollama
}

const request: GenerationRequest = { question: 'What is an image?', prompt: 'Rules. Question: What is an image?', passages: [] }

function generate(
  url: string,
  asked: Partial<GenerationRequest> = {},
  settings: Partial<OllamaGeneratorSettings> = {},
): AsyncIterable<GeneratedPiece> {
  return createOllamaGenerator({ baseUrl: url, model: 'gemma3:latest', ...settings }).generate({ ...request, ...asked })
}

async function collect(pieces: AsyncIterable<GeneratedPiece>, into: GeneratedPiece[] = []): Promise<readonly GeneratedPiece[]> {
  for await (const piece of pieces) into.push(piece)
  return into
}

const toText = (pieces: readonly GeneratedPiece[]): string => pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join('')

describe('createOllamaGenerator', () => {
  it('streams the tokens in order and ends with the counts of Ollama', async () => {
    const { url } = await start({ replies: [{ kind: 'answer', tokens: ['Ein ', 'Übersee-', 'Hafen 🚢', ' [1].'] }] })
    await expect(collect(generate(url))).resolves.toEqual([
      { kind: 'text', text: 'Ein ' },
      { kind: 'text', text: 'Übersee-' },
      { kind: 'text', text: 'Hafen 🚢' },
      { kind: 'text', text: ' [1].' },
      { kind: 'end', complete: true, promptTokens: 9, answerTokens: 4 },
    ])
  })

  it('sends one user message, the fixed options, no silent truncation, and a keep-alive', async () => {
    const server = await start()
    await collect(generate(server.url))
    expect(server.chats[0]?.body).toEqual({
      model: 'gemma3:latest',
      messages: [{ role: 'user', content: request.prompt }],
      stream: true,
      truncate: false,
      keep_alive: '30m',
      options: { num_ctx: 4096, num_predict: 700, temperature: 0.1, seed: 42, top_k: 64, top_p: 0.95, min_p: 0, repeat_penalty: 1 },
    })
  })

  it('names its model, and uses another one when the request names it', async () => {
    const server = await start({ models: [{ name: 'gemma3:latest' }, { name: 'gemma3:1b' }] })
    expect(createOllamaGenerator({ baseUrl: server.url, model: 'gemma3:4b' }).aiModel).toBe('Gemma3 4b')
    await collect(generate(server.url, { model: 'gemma3:1b' }))
    expect(server.chats[0]?.body.model).toBe('gemma3:1b')
  })

  const incomplete: readonly (readonly [title: string, reply: ChatReply, tokens: number])[] = [
    ['reaches its length limit', { kind: 'answer', tokens: ['a ', 'b '], doneReason: 'length' }, 2],
    ['ends in good order without its last object', { kind: 'no-done', afterTokens: 3 }, 3],
    ['ends within a line', { kind: 'no-done', afterTokens: 3, partOfLine: '{"message":{"content":"los' }, 3],
    ['is given up because of a loop of one token', { kind: 'repeat', token: 'the ' }, 30],
    ['is cut by a lost connection', { kind: 'cut', afterTokens: 3 }, 3],
  ]
  it.each(incomplete)('keeps what arrived and says that it is incomplete when the answer %s', async (_title, reply, tokens) => {
    const { url } = await start({ replies: [reply] })
    const pieces = await collect(generate(url))
    expect(pieces.filter((piece) => piece.kind === 'text')).toHaveLength(tokens)
    expect(pieces.at(-1)).toMatchObject({ kind: 'end', complete: false, answerTokens: tokens })
  })

  it('takes a last object without a line end for what it is', async () => {
    const { url } = await start({
      replies: [{ kind: 'no-done', afterTokens: 2, partOfLine: '{"message":{"content":""},"done":true,"done_reason":"stop"}' }],
    })
    const pieces = await collect(generate(url))
    expect(pieces.at(-1)).toEqual({ kind: 'end', complete: true, promptTokens: 0, answerTokens: 2 })
  })

  const failures: readonly (readonly [title: string, reply: ChatReply, code: string, message: RegExp])[] = [
    ['the connection is cut before the first token', { kind: 'cut' }, 'OLLAMA_CUT', /the connection was lost/],
    ['the stream ends before the first token', { kind: 'no-done', afterTokens: 0 }, 'OLLAMA_CUT', /without its last part/],
    [
      'Ollama runs out of memory',
      { kind: 'error', message: 'model requires more system memory (9 GiB) than is available (1 GiB)' },
      'OLLAMA_FAILED',
      /more system memory \(9 GiB\)/,
    ],
    [
      'Ollama reports an error in mid-stream',
      { kind: 'error', message: 'llama runner process has terminated', afterTokens: 3 },
      'OLLAMA_FAILED',
      /runner process has terminated/,
    ],
    [
      'Ollama is too busy',
      { kind: 'status', status: 503, body: '{"error":"server busy, please try again."}' },
      'OLLAMA_FAILED',
      /server busy/,
    ],
    [
      'a gate refuses us in plain text',
      { kind: 'status', status: 403, body: 'Forbidden', contentType: 'text/plain' },
      'OLLAMA_FAILED',
      /HTTP status 403/,
    ],
    ['a gate answers with a page', { kind: 'status', status: 200, body: '<html>', contentType: 'text/html' }, 'OLLAMA_FAILED', /not JSON/],
    ['a line is not JSON', { kind: 'raw-line', line: '{"message":', afterTokens: 2 }, 'OLLAMA_FAILED', /not JSON/],
    ['a line is no object', { kind: 'raw-line', line: '7', afterTokens: 2 }, 'OLLAMA_FAILED', /not JSON/],
    [
      'a line has another shape',
      { kind: 'raw-line', line: '{"message":{"content":7}}', afterTokens: 2 },
      'OLLAMA_FAILED',
      /message\.content/,
    ],
    ['the model writes nothing', { kind: 'answer', tokens: [] }, 'OLLAMA_FAILED', /wrote nothing/],
    [
      'the prompt is refused in mid-stream',
      { kind: 'error', message: 'the input length exceeds the context length', afterTokens: 1 },
      'PROMPT_TOO_LONG',
      /more than 4096 tokens/,
    ],
  ]
  it.each(failures)('fails with a clear code when %s', async (_title, ...[reply, code, message]) => {
    const { url } = await start({ replies: [reply] })
    await expect(collect(generate(url))).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
    await expect(collect(generate(url))).rejects.toBeInstanceOf(AppError)
  })

  it('passes over an empty line', async () => {
    const { url } = await start({ replies: [{ kind: 'raw-line', line: '', afterTokens: 1 }] })
    expect(toText(await collect(generate(url)))).toBe('word0 ')
  })

  it('says nothing on standard output or error, whatever Ollama sends', async () => {
    const { url } = await start({
      replies: [
        { kind: 'status', status: 500, body: 'oops', contentType: 'text/plain' },
        { kind: 'raw-line', line: 'x' },
      ],
    })
    const written: string[] = []
    const kept = { log: console.log, warn: console.warn, error: console.error }
    for (const name of ['log', 'warn', 'error'] as const) console[name] = (...parts: unknown[]) => written.push(parts.join(' '))
    try {
      await expect(collect(generate(url))).rejects.toBeInstanceOf(AppError)
      await expect(collect(generate(url))).rejects.toBeInstanceOf(AppError)
    } finally {
      Object.assign(console, kept)
    }
    expect(written).toEqual([])
  })

  it('lists the models that there are when the one asked for is missing', async () => {
    const { url } = await start({ models: [{ name: 'gemma3:1b' }, { name: 'x:latest' }] })
    await expect(collect(generate(url))).rejects.toMatchObject({
      code: 'MODEL_NOT_PULLED',
      details: { url, model: 'gemma3:latest', available: 'gemma3:1b, x:latest' },
    })
  })

  it('is refused, and says how long the prompt was, when it does not fit', async () => {
    const server = await start()
    const prompt = 'x'.repeat(4 * 5000)
    await expect(collect(generate(server.url, { prompt }))).rejects.toMatchObject({
      code: 'PROMPT_TOO_LONG',
      details: { tokens: '5000', limit: '4096' },
    })
    expect(server.chats[0]?.cutPrompt).toBeUndefined()
  })

  it('is refused likewise by an older Ollama, which does not tell the length', async () => {
    const { url } = await start({ isOldEngine: true })
    const options = { ...defaultChatOptions, numCtx: 100 }
    await expect(collect(generate(url, { prompt: 'x'.repeat(500) }, { options }))).rejects.toMatchObject({
      code: 'PROMPT_TOO_LONG',
      message: "The prompt (more than 100 tokens) does not fit into the model's context of 100.",
    })
  })

  it('waits for the first token longer than for the connection', async () => {
    const { url } = await start({ replies: [{ kind: 'answer', tokens: ['late'], tokenDelayMs: 600 }] })
    expect(toText(await collect(generate(url, {}, { limits: { connectMs: 300 } })))).toBe('late')
  })

  it('says that Ollama is unreachable when it is gone', async () => {
    const server = await start()
    await server.close()
    await expect(collect(generate(server.url))).rejects.toMatchObject({ code: 'OLLAMA_UNREACHABLE' })
  })

  it('does not take a host name that cannot be looked up for a failure of Ollama', async () => {
    await expect(collect(generate('http://ollama.invalid:11434'))).rejects.toMatchObject({ code: 'OLLAMA_UNREACHABLE' })
  })

  it('serves two questions to one model one after the other, each with its own answer', async () => {
    const { url } = await start({
      replies: (body) => ({ kind: 'answer', tokens: [`to ${body.messages?.[0]?.content ?? ''}`], tokenDelayMs: 5 }),
    })
    const [first, second] = await Promise.all([collect(generate(url, { prompt: 'one' })), collect(generate(url, { prompt: 'two' }))])
    expect([toText(first ?? []), toText(second ?? [])]).toEqual(['to one', 'to two'])
  })
})

describe('cancelling', () => {
  it('asks nothing when the signal has fired already', async () => {
    const server = await start()
    await expect(collect(generate(server.url, { signal: AbortSignal.abort() }))).rejects.toMatchObject({ code: 'INTERRUPTED' })
    expect(server.requests).toHaveLength(0)
  })

  it('closes the connection before the first token', async () => {
    const server = await start({ replies: [{ kind: 'hang' }] })
    const controller = new AbortController()
    const failing = expect(collect(generate(server.url, { signal: controller.signal }))).rejects.toMatchObject({ code: 'INTERRUPTED' })
    await waitUntil(() => server.openStreams === 1, 'the request is served')
    controller.abort()
    await failing
    await waitUntil(() => server.chats[0]?.stoppedAfterTokens === 0, 'Ollama has noticed')
  })

  it('leaves the queue while another question is answered', async () => {
    const server = await start({ replies: [{ kind: 'endless' }, { kind: 'answer', tokens: ['next'] }] })
    const first = new AbortController()
    const second = new AbortController()
    const firstFailing = expect(collect(generate(server.url, { signal: first.signal }))).rejects.toMatchObject({ code: 'INTERRUPTED' })
    await waitUntil(() => server.openStreams === 1, 'the first is served')
    const secondFailing = expect(collect(generate(server.url, { signal: second.signal }))).rejects.toMatchObject({ code: 'INTERRUPTED' })
    await waitUntil(() => server.chats.length === 2, 'the second waits')
    second.abort()
    await secondFailing
    await waitUntil(() => server.chats[1]?.stoppedAfterTokens === 0, 'Ollama has noticed')
    first.abort()
    await firstFailing
    expect(toText(await collect(generate(server.url)))).toBe('next')
    expect(server.chats[1]?.isServed).toBe(false)
  })

  it('stops the generation in mid-stream, and no token follows', async () => {
    const server = await start({ replies: [{ kind: 'endless' }] })
    const controller = new AbortController()
    const pieces: GeneratedPiece[] = []
    const read = async () => {
      for await (const piece of generate(server.url, { signal: controller.signal })) {
        pieces.push(piece)
        if (pieces.length === 3) controller.abort()
      }
    }
    await expect(read()).rejects.toMatchObject({ code: 'INTERRUPTED' })
    expect(pieces).toHaveLength(3)
    await waitUntil(() => server.chats[0]?.stoppedAfterTokens !== undefined, 'Ollama has stopped')
    expect(server.openStreams).toBe(0)
  })

  it('lets no token follow that came in the same network packet', async () => {
    const line = JSON.stringify({ message: { role: 'assistant', content: 'again ' }, done: false })
    const { url } = await start({ replies: [{ kind: 'raw-line', line: `${line}\n${line}\n${line}` }] })
    const controller = new AbortController()
    const pieces: GeneratedPiece[] = []
    const read = async () => {
      for await (const piece of generate(url, { signal: controller.signal })) {
        pieces.push(piece)
        controller.abort()
      }
    }
    await expect(read()).rejects.toMatchObject({ code: 'INTERRUPTED' })
    expect(pieces).toHaveLength(1)
  })

  it('stops the generation when the signal fires while nobody reads', async () => {
    const server = await start({ replies: [{ kind: 'endless' }] })
    const controller = new AbortController()
    const pieces = generate(server.url, { signal: controller.signal })[Symbol.asyncIterator]()
    await pieces.next()
    controller.abort()
    await waitUntil(() => server.chats[0]?.stoppedAfterTokens !== undefined, 'Ollama has stopped')
    await expect(pieces.next()).rejects.toMatchObject({ code: 'INTERRUPTED' })
  })

  it('stops the generation when the reader leaves the loop', async () => {
    const server = await start({ replies: [{ kind: 'endless' }] })
    for await (const piece of generate(server.url)) if (piece.kind === 'text') break
    await waitUntil(() => server.chats[0]?.stoppedAfterTokens !== undefined, 'Ollama has stopped')
  })

  it('passes on an AppError that the signal was fired with', async () => {
    const { url } = await start({ replies: [{ kind: 'hang', afterTokens: 1 }] })
    const controller = new AbortController()
    const reason = new AppError('TIMEOUT', { what: 'The next word', seconds: 1 })
    const read = async () => {
      for await (const _piece of generate(url, { signal: controller.signal })) controller.abort(reason)
    }
    await expect(read()).rejects.toBe(reason)
  })

  it('leaves no listener on a signal that outlives the answer', async () => {
    const { url } = await start()
    const { signal } = new AbortController()
    const listeners = countListeners(signal)
    await collect(generate(url, { signal }))
    expect(listeners.added).toBeGreaterThan(0)
    expect(listeners.remaining).toBe(0)
  })

  it('leaves no socket and no timer behind after a hundred cancelled questions', async () => {
    const countActive = (kind: RegExp) => process.getActiveResourcesInfo().filter((name) => kind.test(name)).length
    const server = await start({
      replies: (_body, place) =>
        [{ kind: 'hang' } as const, { kind: 'hang', afterTokens: 2 } as const, { kind: 'endless' } as const][place % 3] ?? { kind: 'hang' },
    })
    const timersBefore = countActive(/^Timeout/)
    for (let place = 0; place < 100; place += 1) {
      const own = new AbortController()
      const failing = expect(collect(generate(server.url, { signal: own.signal }))).rejects.toMatchObject({ code: 'INTERRUPTED' })
      const chat = () => server.chats[place]
      await waitUntil(() => (place % 3 === 0 ? chat()?.isServed === true : (chat()?.tokens ?? 0) >= 2), `question ${place} is served`)
      own.abort()
      await failing
    }
    await waitUntil(() => server.chats.every((chat) => chat.stoppedAfterTokens !== undefined), 'all were noticed')
    await waitUntil(() => countActive(/^(TCPSocket|TCPConnect|TLS|GetAddr)/) === 0, 'no socket is left')
    expect(countActive(/^Timeout/)).toBeLessThanOrEqual(timersBefore)
    expect(await server.countConnections()).toBe(0)
  })
})
