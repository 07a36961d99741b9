import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createOllamaGenerator } from '../../../../src/adapters/ollama/ollama-generator.js'
import { type GenerationLimits, generateText } from '../../../../src/answer/generate-text/generate-text.js'
import { AppError } from '../../../../src/core/errors/app-error.js'
import type { GeneratedPiece, GenerationRequest, TextGenerator } from '../../../../src/core/ports/text-generator.js'
import { countListeners } from '../../../helpers/count-listeners.js'
import { createFakeGenerator, type FakeGeneratorScript } from '../../../helpers/fake-generator.js'
import { waitUntil } from '../../../helpers/scripted-ollama/wait-until.js'
import { type ScriptedOllama, startScriptedOllama } from '../../../helpers/scripted-ollama.js'

let ollama: ScriptedOllama | undefined
afterEach(async () => {
  await ollama?.close()
  ollama = undefined
})

const request: GenerationRequest = { question: 'What is an image?', prompt: 'What is an image?', passages: [] }
const patient: GenerationLimits = { firstPieceMs: 60_000, betweenPiecesMs: 60_000, totalMs: 60_000 }
const countTimers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

async function collect(generator: TextGenerator, limits: Partial<GenerationLimits>, asked: Partial<GenerationRequest> = {}) {
  const pieces: GeneratedPiece[] = []
  const outcome: { thrown?: unknown } = {}
  try {
    for await (const piece of generateText({ ...request, ...asked }, generator, { ...patient, ...limits })) pieces.push(piece)
  } catch (thrown) {
    outcome.thrown = thrown
  }
  return { pieces, thrown: outcome.thrown }
}

describe('generateText', () => {
  it('hands on all pieces unchanged and in order', async () => {
    const pieces: GeneratedPiece[] = [
      { kind: 'quoted', text: 'An image is a template.', place: { passageNumber: 1, startOffset: 0, endOffset: 23 } },
      { kind: 'text', text: ' [1]' },
      { kind: 'end', complete: true, promptTokens: 5, answerTokens: 6 },
    ]
    const generator = createFakeGenerator({ pieces })
    await expect(collect(generator, {})).resolves.toEqual({ pieces, thrown: undefined })
    expect(generator.requests[0]).toMatchObject(request)
  })

  const slow: readonly (readonly [what: string, script: FakeGeneratorScript, limits: Partial<GenerationLimits>, pieces: number])[] = [
    ['The first word', { hangAfter: 0 }, { firstPieceMs: 20 }, 0],
    ['The next word', { hangAfter: 1 }, { betweenPiecesMs: 20 }, 1],
    ['The whole answer', { hangAfter: 1 }, { totalMs: 20 }, 1],
    ['The whole answer', { hangAfter: 0 }, { totalMs: 20 }, 0],
  ]
  it.each(slow)('says that %s took too long, and stops the generator', async (what, ...[script, limits, count]) => {
    const generator = createFakeGenerator(script)
    const { pieces, thrown } = await collect(generator, limits)
    expect(thrown).toMatchObject({ code: 'TIMEOUT', message: `${what} took longer than 0.02 seconds.` })
    expect(pieces).toHaveLength(count)
    await waitUntil(() => generator.stopped === 1, 'the generator has stopped')
  })

  it('gives up on a generator that does not listen to its signal', async () => {
    const { thrown } = await collect(createFakeGenerator({ hangAfter: 0, isDeaf: true }), { firstPieceMs: 20 })
    expect(thrown).toMatchObject({ code: 'TIMEOUT' })
  })

  it('does not count the time that the reader takes against the next word', async () => {
    const pieces: GeneratedPiece[] = []
    for await (const piece of generateText(request, createFakeGenerator({ texts: ['a', 'b'] }), { ...patient, betweenPiecesMs: 20 })) {
      pieces.push(piece)
      await sleep(40)
    }
    expect(pieces).toHaveLength(3)
  })

  it('counts it against the whole answer', async () => {
    const generator = createFakeGenerator({ texts: ['a', 'b'] })
    const pieces = generateText(request, generator, { ...patient, totalMs: 20 })
    await pieces.next()
    await waitUntil(() => generator.requests[0]?.signal?.aborted === true, 'the generator was told')
    await expect(pieces.next()).rejects.toMatchObject({ code: 'TIMEOUT', details: { what: 'The whole answer' } })
  })

  it.each([Number.POSITIVE_INFINITY, 2 ** 40])('takes a limit of %d ms for a long time, not for none', async (limitMs) => {
    const limits = { firstPieceMs: limitMs, betweenPiecesMs: limitMs, totalMs: limitMs }
    const pieces: GeneratedPiece[] = []
    for await (const piece of generateText(request, createFakeGenerator({ texts: ['a'] }), limits)) {
      pieces.push(piece)
      await sleep(20)
    }
    expect(pieces).toHaveLength(2)
  })

  it('does not start the generator when the signal has fired already', async () => {
    const { thrown } = await collect(createFakeGenerator(), {}, { signal: AbortSignal.abort() })
    expect(thrown).toMatchObject({ code: 'INTERRUPTED' })
  })

  it('stops at once when the signal fires, also when the generator does not listen', async () => {
    const controller = new AbortController()
    const pieces = generateText({ ...request, signal: controller.signal }, createFakeGenerator({ hangAfter: 1, isDeaf: true }), patient)
    await pieces.next()
    const failing = expect(pieces.next()).rejects.toMatchObject({ code: 'INTERRUPTED' })
    controller.abort()
    await failing
  })

  it('stops likewise when the signal fired while the reader had the word', async () => {
    const controller = new AbortController()
    const pieces = generateText({ ...request, signal: controller.signal }, createFakeGenerator({ hangAfter: 1, isDeaf: true }), patient)
    await pieces.next()
    controller.abort()
    await expect(pieces.next()).rejects.toMatchObject({ code: 'INTERRUPTED' })
  })

  it('passes on an AppError that the signal was fired with', async () => {
    const reason = new AppError('TIMEOUT', { what: 'The question', seconds: 3 })
    const { thrown } = await collect(createFakeGenerator(), {}, { signal: AbortSignal.abort(reason) })
    expect(thrown).toBe(reason)
  })

  it('passes on what the generator fails with, after the pieces that came before', async () => {
    const failure = new AppError('OLLAMA_FAILED', { url: 'u', problem: 'p' })
    const { pieces, thrown } = await collect(createFakeGenerator({ texts: ['a'], failure }), {})
    expect(thrown).toBe(failure)
    expect(pieces).toEqual([{ kind: 'text', text: 'a' }])
  })

  it('ends the generator, cleanup included, when the reader leaves the loop', async () => {
    const generator = createFakeGenerator({ texts: ['a', 'b'] })
    for await (const piece of generateText(request, generator, patient)) if (piece.kind === 'text') break
    expect(generator).toMatchObject({ stopped: 1, running: 0 })
    expect(generator.requests[0]?.signal?.aborted).toBe(true)
  })

  it('leaves no timer behind, whichever way it ends', async () => {
    const before = countTimers()
    await collect(createFakeGenerator(), {})
    await collect(createFakeGenerator({ texts: ['a'] }), {})
    await collect(createFakeGenerator({ failure: new Error('x') }), {})
    await collect(createFakeGenerator(), {}, { signal: AbortSignal.abort() })
    await collect(createFakeGenerator({ hangAfter: 1, isDeaf: true }), { betweenPiecesMs: 10 })
    for await (const _piece of generateText(request, createFakeGenerator({}), patient)) break
    expect(countTimers()).toBeLessThanOrEqual(before)
  })

  it('leaves no listener on a signal that outlives the answer', async () => {
    const { signal } = new AbortController()
    const listeners = countListeners(signal)
    await collect(createFakeGenerator({}), {}, { signal })
    expect(listeners.added).toBeGreaterThan(0)
    expect(listeners.remaining).toBe(0)
  })

  it('makes a real Ollama connection stop when the first or a later word is too late', async () => {
    ollama = await startScriptedOllama({ replies: [{ kind: 'hang' }, { kind: 'hang', afterTokens: 2 }] })
    const generator = createOllamaGenerator({ baseUrl: ollama.url, model: 'gemma3:latest' })
    const first = await collect(generator, { firstPieceMs: 1000 })
    expect(first.thrown).toMatchObject({ code: 'TIMEOUT', details: { what: 'The first word' } })
    const server = ollama
    await waitUntil(() => server.chats[0]?.stoppedAfterTokens === 0, 'Ollama has noticed')
    const later = await collect(generator, { betweenPiecesMs: 200 })
    expect(later.thrown).toMatchObject({ code: 'TIMEOUT', details: { what: 'The next word' } })
    await waitUntil(() => server.chats[1]?.stoppedAfterTokens !== undefined, 'Ollama has noticed')
  })
})
