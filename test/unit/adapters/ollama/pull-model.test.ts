import { afterEach, describe, expect, it } from 'vitest'
import { probeOllama } from '../../../../src/adapters/ollama/probe-ollama.js'
import { type PullProgress, pullModel } from '../../../../src/adapters/ollama/pull-model.js'
import { waitUntil } from '../../../helpers/scripted-ollama/wait-until.js'
import { type ScriptedOllama, startScriptedOllama } from '../../../helpers/scripted-ollama.js'

let ollama: ScriptedOllama | undefined
afterEach(async () => {
  await ollama?.close()
})

describe('pullModel', () => {
  it('reports bytes summed over all layers, never fewer than before, up to the whole', async () => {
    ollama = await startScriptedOllama({ models: [], pulls: { 'gemma3:1b': { layers: [900, 100, 50] } } })
    const seen: PullProgress[] = []
    await pullModel({ baseUrl: ollama.url, model: 'gemma3:1b', onProgress: (progress) => seen.push(progress) })
    const completed = seen.map((progress) => progress.completedBytes)
    expect(completed).toEqual(completed.toSorted((a, b) => a - b))
    expect(completed).toContain(300)
    expect(seen[0]).toEqual({ status: 'pulling manifest', completedBytes: 0, totalBytes: 0 })
    expect(seen.at(-1)).toEqual({ status: 'success', completedBytes: 1050, totalBytes: 1050 })
    const { models } = await probeOllama({ baseUrl: ollama.url })
    expect(models.map((model) => model.name)).toEqual(['gemma3:1b'])
  })

  it('names the model when the registry does not know it', async () => {
    ollama = await startScriptedOllama()
    await expect(pullModel({ baseUrl: ollama.url, model: 'gemma9' })).rejects.toMatchObject({
      code: 'OLLAMA_FAILED',
      message: expect.stringContaining('there is no model "gemma9" to pull'),
    })
  })

  it('stops when the signal fires', async () => {
    ollama = await startScriptedOllama({ pulls: { big: { layers: [900], isEndless: true } } })
    const controller = new AbortController()
    const stopAtProgress = (progress: PullProgress) => progress.completedBytes > 0 && controller.abort()
    const pulling = pullModel({ baseUrl: ollama.url, model: 'big', signal: controller.signal, onProgress: stopAtProgress })
    await expect(pulling).rejects.toMatchObject({ code: 'INTERRUPTED' })
    const server = ollama
    await waitUntil(() => server.requests[0]?.stoppedAfterTokens !== undefined, 'Ollama has noticed')
  })

  it('says that Ollama is unreachable when it is not there', async () => {
    ollama = await startScriptedOllama()
    await ollama.close()
    await expect(pullModel({ baseUrl: ollama.url, model: 'gemma3' })).rejects.toMatchObject({ code: 'OLLAMA_UNREACHABLE' })
  })
})
