import { execFile } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startScriptedOllama } from '../helpers/scripted-ollama.js'

const programPath = fileURLToPath(new URL('../helpers/langchain-program.ts', import.meta.url))
const run = promisify(execFile)

let server: Server
let url: string
let requests: string[]

beforeEach(async () => {
  requests = []
  server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    request.resume()
    response.setHeader('content-type', 'application/json').end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : ''
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** Runs a program to its end in an environment that has tracing on in every way there is, and returns what it printed. */
async function runTraced(program: string, ...args: readonly string[]): Promise<unknown> {
  const traced = ['LANGSMITH', 'LANGCHAIN'].flatMap((name) => [
    [`${name}_TRACING`, 'true'],
    [`${name}_TRACING_V2`, 'true'],
    [`${name}_ENDPOINT`, url],
    [`${name}_API_KEY`, 'lsv2_test_key'],
    [`${name}_PROJECT`, 'pilotbook'],
    // Otherwise a program waits in the background for what it sends, and may end before.
    [`${name}_CALLBACKS_BACKGROUND`, 'false'],
    [`${name}_TRACING_BACKGROUND`, 'false'],
  ])
  const env = { ...process.env, ...Object.fromEntries(traced) }
  const { stdout } = await run(process.execPath, ['--import', 'tsx', programPath, program, ...args], { env })
  return JSON.parse(stdout)
}

describe('tracing to outside services', () => {
  it('is on by those variables for an agent without Pilotbook, so that this test would notice it', async () => {
    expect(await runTraced('without-pilotbook')).toEqual({ messages: 4 })
    expect(requests.length).toBeGreaterThan(0)
  })

  it('stays off for the agent, the tool, the retriever and the embeddings of pilotbook/langchain', async () => {
    expect(await runTraced('parts')).toEqual({ messages: 4, documents: expect.any(Number), dimension: 64 })
    expect(requests).toEqual([])
  })

  it('stays off for the text splitter and the prompt templates of an ingest and a question', async () => {
    const ollama = await startScriptedOllama()
    try {
      const { aiModel, longPassages } = Object(await runTraced('answer', ollama.url))
      expect(aiModel).toMatch(/gemma/i)
      expect(longPassages).toBeGreaterThan(10)
      expect(ollama.chats.length).toBeGreaterThan(0)
      expect(requests).toEqual([])
    } finally {
      await ollama.close()
    }
  })
})
