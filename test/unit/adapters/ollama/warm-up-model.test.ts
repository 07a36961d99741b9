import { afterEach, describe, expect, it } from 'vitest'
import { createOllamaGenerator } from '../../../../src/adapters/ollama/ollama-generator.js'
import { warmUpModel } from '../../../../src/adapters/ollama/warm-up-model.js'
import { waitUntil } from '../../../helpers/scripted-ollama/wait-until.js'
import { type ScriptedOllama, startScriptedOllama } from '../../../helpers/scripted-ollama.js'

let ollama: ScriptedOllama | undefined
afterEach(async () => {
  await ollama?.close()
})

describe('warmUpModel', () => {
  it('loads the model without generating, with the options of the answers, so that it is loaded only once', async () => {
    ollama = await startScriptedOllama()
    await warmUpModel({ baseUrl: ollama.url, model: 'gemma3:latest' })
    expect(ollama.loads).toBe(1)
    expect(ollama.chats[0]?.tokens).toBe(0)
    const generator = createOllamaGenerator({ baseUrl: ollama.url, model: 'gemma3:latest' })
    for await (const _piece of generator.generate({ question: 'q', prompt: 'p', passages: [] }));
    expect(ollama.loads).toBe(1)
    expect(ollama.chats[0]?.body.keep_alive).toBe('30m')
  })

  it('lists the models that there are when the one asked for is missing', async () => {
    ollama = await startScriptedOllama({ models: [] })
    const warming = warmUpModel({ baseUrl: ollama.url, model: 'gemma3:4b' })
    await expect(warming).rejects.toMatchObject({ code: 'MODEL_NOT_PULLED', details: { model: 'gemma3:4b', available: 'none' } })
  })

  it('can be interrupted while it waits', async () => {
    ollama = await startScriptedOllama({ isSilent: true })
    const controller = new AbortController()
    const failing = expect(warmUpModel({ baseUrl: ollama.url, model: 'gemma3:4b', signal: controller.signal })).rejects.toMatchObject({
      code: 'INTERRUPTED',
    })
    const server = ollama
    await waitUntil(() => server.chats.length === 1, 'the request is in')
    controller.abort()
    await failing
    await waitUntil(() => server.chats[0]?.stoppedAfterTokens === 0, 'Ollama has noticed')
  })
})
