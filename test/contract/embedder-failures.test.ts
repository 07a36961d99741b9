import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEmbeddingProcess } from '../../src/adapters/embedding-model/embedding-process.js'
import { type EmbedderMode, openEmbedder } from '../../src/adapters/embedding-model/open-embedder.js'
import { openRevivingSession } from '../../src/adapters/embedding-model/reviving-session.js'
import { getModelFolder } from '../helpers/model-folder.js'

const modes: readonly (readonly [string, EmbedderMode])[] = [
  ['in this process', { kind: 'in-process', threads: 1 }],
  ['in processes', { kind: 'processes', count: 2, threadsEach: 1 }],
]

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilotbook-broken-model-'))
  await cp(await getModelFolder({ layers: 1 }), folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe.each(modes)('a model that cannot be used, opened %s', (_, mode) => {
  it('is refused when its vectors have another width', async () => {
    const narrow = await getModelFolder({ layers: 1, dimension: 64 })
    const run = openEmbedder({ folder: narrow, dtype: 'q8', mode })
    await expect(run).rejects.toMatchObject({ code: 'MODEL_UNUSABLE', message: expect.stringContaining('64 numbers instead of 384') })
  })

  it('is refused when its weights are not a model', async () => {
    await writeFile(join(folder, 'onnx', 'model_quantized.onnx'), 'not a model')
    await expect(openEmbedder({ folder, dtype: 'q8', mode })).rejects.toMatchObject({ code: 'MODEL_UNUSABLE' })
  })

  it('is refused when its tokenizer cannot be read', async () => {
    await writeFile(join(folder, 'tokenizer.json'), '{"model":')
    await expect(openEmbedder({ folder, dtype: 'q8', mode })).rejects.toMatchObject({ code: 'MODEL_UNUSABLE' })
    await writeFile(join(folder, 'tokenizer.json'), '{}')
    await expect(openEmbedder({ folder, dtype: 'q8', mode })).rejects.toMatchObject({ code: 'MODEL_UNUSABLE' })
  })
})

describe('an embedding process', () => {
  it('rejects what waits and what comes later when it dies', async () => {
    const session = await openEmbeddingProcess({ folder, dtype: 'q8', threads: 1 })
    const run = session.run(Array.from({ length: 2000 }, () => Int32Array.from({ length: 128 }, () => 105)))
    process.kill(session.pid ?? 0, 'SIGKILL')
    await expect(run).rejects.toMatchObject({ code: 'EMBEDDING_FAILED', message: expect.stringContaining('SIGKILL') })
    await expect(session.run([])).rejects.toMatchObject({ code: 'EMBEDDING_FAILED' })
    await session.close()
  })

  it('is started anew by an embedder whose process died', async () => {
    const opened: number[] = []
    const open = async () => {
      const session = await openEmbeddingProcess({ folder, dtype: 'q8', threads: 1 })
      opened.push(session.pid ?? 0)
      return session
    }
    const session = await openRevivingSession(open)
    const text = Int32Array.from([101, 105, 102])
    const before = await session.run([text])
    process.kill(opened[0] ?? 0, 'SIGKILL')
    for (let tries = 0; tries < 200 && isRunning(opened[0] ?? 0); tries++) await sleep(20)
    await sleep(50)
    expect(await session.run([text])).toEqual(before)
    expect(opened).toHaveLength(2)
    await session.close()
  })

  it('ends when its parent is killed', async () => {
    const module = pathToFileURL(join(import.meta.dirname, '../../src/adapters/embedding-model/embedding-process.ts')).href
    const program = `
      const { openEmbeddingProcess } = await import(${JSON.stringify(module)})
      const session = await openEmbeddingProcess(${JSON.stringify({ folder, dtype: 'q8', threads: 1 })})
      console.log(session.pid)
      setInterval(() => session.run([Int32Array.from([101, 105, 102])]), 1)`
    const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', program]
    const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const [output] = await once(parent.stdout, 'data')
    const childPid = Number(String(output))
    expect(isRunning(childPid)).toBe(true)
    parent.kill('SIGKILL')
    for (let tries = 0; tries < 200 && isRunning(childPid); tries++) await sleep(50)
    expect(isRunning(childPid)).toBe(false)
  })
})

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // Where nobody collects orphans, an ended process stays listed as a zombie.
    return !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
