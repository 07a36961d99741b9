import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { probeOllama } from '../../../../src/adapters/ollama/probe-ollama.js'
import { countListeners } from '../../../helpers/count-listeners.js'
import type { OllamaScript } from '../../../helpers/scripted-ollama/ollama-script.js'
import { waitUntil } from '../../../helpers/scripted-ollama/wait-until.js'
import { type ScriptedOllama, startScriptedOllama } from '../../../helpers/scripted-ollama.js'

let ollama: ScriptedOllama | undefined
afterEach(async () => {
  await ollama?.close()
  ollama = undefined
})

async function start(script: OllamaScript): Promise<ScriptedOllama> {
  ollama = await startScriptedOllama(script)
  return ollama
}

/** A port that was free a moment ago, so that nobody listens there. */
async function findClosedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return address !== null && typeof address === 'object' ? address.port : 1
}

describe('probeOllama', () => {
  it('tells version and models, with their sizes', async () => {
    const { url } = await start({
      version: '0.31.0',
      models: [
        { name: 'gemma3:4b', size: 33, parameterSize: '4.3B' },
        { name: 'x:latest', size: 7, parameterSize: '' },
      ],
    })
    await expect(probeOllama({ baseUrl: url })).resolves.toEqual({
      version: '0.31.0',
      models: [
        { name: 'gemma3:4b', sizeBytes: 33, parameterSize: '4.3B' },
        { name: 'x:latest', sizeBytes: 7 },
      ],
    })
  })

  it('leaves no timer and no listener behind', async () => {
    const { url } = await start({})
    const countTimers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = countTimers()
    const { signal } = new AbortController()
    const listeners = countListeners(signal)
    await probeOllama({ baseUrl: url, timeoutMs: 60_000, signal })
    expect(countTimers()).toBeLessThanOrEqual(before)
    expect(listeners.remaining).toBe(0)
  })

  it('keeps the path of the address', async () => {
    const { url, requests } = await start({})
    await expect(probeOllama({ baseUrl: `${url}/gate` })).rejects.toMatchObject({ code: 'OLLAMA_UNREACHABLE' })
    expect(requests.map((request) => request.path)).toContain('/gate/api/version')
  })

  it('says that the connection was refused when nobody listens', async () => {
    const baseUrl = `http://127.0.0.1:${await findClosedPort()}`
    await expect(probeOllama({ baseUrl })).rejects.toMatchObject({
      code: 'OLLAMA_UNREACHABLE',
      message: `Ollama does not answer at ${baseUrl}: the connection was refused.`,
    })
  })

  it('gives up after its limit when the server accepts and never answers, and closes the connections', async () => {
    const server = await start({ isSilent: true })
    await expect(probeOllama({ baseUrl: server.url, timeoutMs: 100 })).rejects.toMatchObject({
      code: 'OLLAMA_UNREACHABLE',
      details: { problem: 'it gave no reply within 0.1 s.' },
    })
    await waitUntil(() => server.requests.every((request) => request.stoppedAfterTokens === 0), 'both connections are closed')
  })

  const foreign: readonly (readonly [title: string, reply: NonNullable<OllamaScript['foreign']>, problem: RegExp])[] = [
    ['answers with a page', { status: 200, body: '<html>' }, /not JSON; is it Ollama/],
    ['answers with other JSON', { status: 200, body: '{"hello":1}', contentType: 'application/json' }, /unknown shape \(version\)/],
    ['answers with broken JSON', { status: 200, body: '{"version', contentType: 'application/json' }, /not JSON/],
    ['answers with a bare number', { status: 200, body: '7', contentType: 'application/json' }, /not JSON/],
    ['refuses with an empty body', { status: 403, body: '' }, /HTTP status 403/],
    ['sends us elsewhere', { status: 301, body: '' }, /HTTP status 301/],
  ]
  it.each(foreign)('counts as unreachable what %s, and says why', async (_title, reply, problem) => {
    const { url } = await start({ foreign: reply })
    await expect(probeOllama({ baseUrl: url })).rejects.toMatchObject({
      code: 'OLLAMA_UNREACHABLE',
      message: expect.stringMatching(problem),
    })
  })

  it('stops when the signal fires before or during the probe', async () => {
    const server = await start({ isSilent: true })
    await expect(probeOllama({ baseUrl: server.url, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'INTERRUPTED' })
    expect(server.requests).toHaveLength(0)
    const controller = new AbortController()
    const probing = probeOllama({ baseUrl: server.url, timeoutMs: 20_000, signal: controller.signal })
    const failing = expect(probing).rejects.toMatchObject({ code: 'INTERRUPTED' })
    await waitUntil(() => server.requests.length === 2, 'both requests are in')
    controller.abort()
    await failing
  })
})
