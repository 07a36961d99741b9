import { cpSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOwnWorkspace, createWorkspace, type Workspace } from '../helpers/cli-corpus.js'
import { type RunningCli, startCli } from '../helpers/run-cli.js'

let workspace: Workspace

beforeAll(async () => {
  workspace = createWorkspace()
  await workspace.run(['ingest'])
})
afterAll(() => workspace.remove())

function serve({ corpus, index }: Workspace, ...args: readonly string[]): RunningCli {
  return startCli(['serve', '--corpus', corpus, '--index', index, '--port', '0', ...args])
}

describe('pilotbook serve', () => {
  test('prints its address and what is in use, serves page and API, follows a new index, and stops on SIGTERM with 0', async () => {
    const own = createOwnWorkspace()
    const running = serve(own)
    const [, url = ''] = await running.waitFor('stdout', /^Pilotbook is ready at (http:\/\/127\.0\.0\.1:\d+)$/m)
    await running.waitFor('stdout', /Press Ctrl-C to stop\./)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect(await (await fetch(url)).text()).toContain('<html')
    const ask = () =>
      fetch(`${url}/api/ask`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ question: 'What does a secret pilot whale carry?' }),
      }).then((reply) => reply.json())
    expect((await ask()).kind).toBe('no-evidence')
    writeFileSync(`${own.corpus}/whales.md`, '# Whales\n\nThe secret pilot whale carries a small container of krill.\n')
    expect((await own.run(['ingest'])).code).toBe(0)
    expect((await ask()).citations[0].file).toBe('whales.md')
    running.child.kill('SIGTERM')
    const { code, signal, stdout, stderr } = await running.ended
    if (process.platform !== 'win32') expect({ code, signal }).toEqual({ code: 0, signal: null })
    expect(stdout).toMatch(/index {8}ok: 4 books, \d+ passages.*embedder {5}lesser: No embedding model.*→ Run `pilotbook models pull`/s)
    expect(stdout).toMatch(/generator {4}lesser: .*Ollama does not answer/)
    for (const line of stderr.split('\n').filter((one) => one.startsWith('{'))) expect(JSON.parse(line)).toHaveProperty('time')
  })

  test('exits 1 with a clear message when the port is taken', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    try {
      const { code, stdout, stderr } = await workspace.run(['serve', '--port', String(port)])
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(new RegExp(`The address 127\\.0\\.0\\.1:${port} is already in use\\.\\n {2}→ .*PORT_TAKEN`))
    } finally {
      server.close()
    }
  })

  test('with --ingest builds again what an index of other books lacks, without it refuses', async () => {
    const own = createOwnWorkspace()
    const elsewhere = { ...own, index: workspace.index }
    expect((await serve(elsewhere).ended).code).toBe(3)
    cpSync(workspace.index, own.index, { recursive: true })
    const moved = { ...own, corpus: `${own.dir}/renamed` }
    cpSync(own.corpus, moved.corpus, { recursive: true })
    const running = serve(moved, '--ingest')
    await running.waitFor('stdout', /Pilotbook is ready at/)
    running.child.kill('SIGTERM')
    expect((await running.ended).stderr).toMatch(/Ingesting .*renamed.*Ingested 4 books/s)
  })
})
