import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DownloadProgress, downloadModel } from '../../../../src/adapters/embedding-model/download-model.js'
import { findModelFolder } from '../../../../src/adapters/embedding-model/find-model-folder.js'
import { type FakeHub, hubFiles, startFakeHub } from '../../../helpers/fake-model-hub.js'

const first = 'a'.repeat(40)
const second = 'b'.repeat(40)

let hub: FakeHub
let cacheDir = ''
beforeEach(async () => {
  hub = await startFakeHub()
  cacheDir = await mkdtemp(join(tmpdir(), 'pilotbook-cache-'))
})
afterEach(async () => {
  await hub.close()
  await rm(cacheDir, { recursive: true, force: true })
})

const download = (options: Partial<Parameters<typeof downloadModel>[0]> = {}) =>
  downloadModel({ cacheDir, dtype: 'q8', hubUrl: hub.url, ...options })
const readModelFile = (name: string) => readFile(join(cacheDir, 'Xenova', 'all-MiniLM-L12-v2', ...name.split('/')))
const listAll = async () =>
  (await readdir(cacheDir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name)

describe('downloadModel', () => {
  it('fetches the four files of the commit that main points to, following redirects, so that the cache is found afterwards', async () => {
    const { path, revision } = await download()
    expect(revision).toBe(first)
    for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx']) {
      expect((await readModelFile(name)).equals(hubFiles(first)[name] ?? Buffer.alloc(0))).toBe(true)
    }
    await expect(findModelFolder({ cacheDir, dtype: 'q8' })).resolves.toEqual({ kind: 'found', path, origin: 'cache' })
    expect((await listAll()).sort()).toEqual([
      'config.json',
      'model_quantized.onnx',
      'revision.json',
      'tokenizer.json',
      'tokenizer_config.json',
    ])
  })

  it('records the commit and the SHA-256 of each file', async () => {
    await download()
    const record = JSON.parse(String(await readModelFile('revision.json')))
    const weights = hubFiles(first)['onnx/model_quantized.onnx'] ?? Buffer.alloc(0)
    expect(record).toMatchObject({ repository: 'Xenova/all-MiniLM-L12-v2', revision: first })
    expect(record.files['onnx/model_quantized.onnx']).toEqual({
      size: weights.byteLength,
      sha256: createHash('sha256').update(weights).digest('hex'),
    })
  })

  it('fetches other weights later from the same commit, though main has moved on', async () => {
    await download()
    hub.head = second
    await download({ dtype: 'fp32' })
    expect((await readModelFile('onnx/model.onnx')).equals(hubFiles(first)['onnx/model.onnx'] ?? Buffer.alloc(0))).toBe(true)
  })

  it('asks the hub for nothing when all files are there', async () => {
    await download()
    const before = hub.requests.length
    await expect(download()).resolves.toMatchObject({ revision: first })
    expect(hub.requests).toHaveLength(before)
  })

  it('fetches the commit that is asked for, and leaves no weights of another one', async () => {
    await download({ dtype: 'fp32' })
    await expect(download({ revision: second })).resolves.toMatchObject({ revision: second })
    expect(String(await readModelFile('tokenizer.json'))).toContain(second)
    expect(await listAll()).not.toContain('model.onnx')
  })

  it('tells the bytes of each file as they come', async () => {
    const seen: DownloadProgress[] = []
    await download({ onProgress: (progress) => seen.push(progress) })
    const { byteLength } = hubFiles(first)['onnx/model_quantized.onnx'] ?? Buffer.alloc(0)
    expect(seen.at(-1)).toEqual({ file: 'onnx/model_quantized.onnx', receivedBytes: byteLength, totalBytes: byteLength })
  })

  it.each([
    ['cut', /onnx\/model_quantized\.onnx/],
    ['wrong', /its hash is not the one that the hub states/],
    ['hanging', /nothing more came for 0\.3 s/],
    ['missing', /the hub has no such file/],
  ] as const)('fails when the weights are %s, leaves none behind, and goes on from there next time', async (weights, message) => {
    hub.weights = weights
    await expect(download({ stallTimeoutMs: 300 })).rejects.toMatchObject({
      code: 'MODEL_DOWNLOAD_FAILED',
      message: expect.stringMatching(message),
    })
    expect((await listAll()).filter((name) => /model_quantized|part/.test(name))).toEqual([])
    await expect(findModelFolder({ cacheDir, dtype: 'q8' })).resolves.toEqual({ kind: 'absent' })
    hub.weights = 'whole'
    hub.requests.length = 0
    await download()
    expect(hub.requests.filter((path) => path.includes('/resolve/'))).toHaveLength(1)
  })

  it('gives up with the address when the hub does not answer in time', async () => {
    hub.isSilent = true
    const run = download({ connectTimeoutMs: 200 })
    await expect(run).rejects.toMatchObject({ code: 'MODEL_DOWNLOAD_FAILED', details: { problem: 'no answer within 0.2 s' } })
    await expect(run).rejects.toThrow(hub.url)
  })

  it('says why when nobody listens there', async () => {
    await hub.close()
    await expect(download()).rejects.toMatchObject({ code: 'MODEL_DOWNLOAD_FAILED', message: expect.stringContaining('ECONNREFUSED') })
  })

  it('says so when something between here and the hub answers with a page', async () => {
    const run = download({ hubUrl: `${hub.url}/somewhere-else` })
    await expect(run).rejects.toMatchObject({ code: 'MODEL_DOWNLOAD_FAILED', message: expect.stringContaining('HTTP 404') })
  })

  it('fails with the reason when the cache cannot be written', async () => {
    await writeFile(join(cacheDir, 'Xenova'), 'a file where a folder should be')
    await expect(download()).rejects.toMatchObject({ code: 'MODEL_DOWNLOAD_FAILED' })
  })

  it("stops with the signal's reason and leaves no half file", async () => {
    hub.weights = 'hanging'
    const controller = new AbortController()
    const onProgress = ({ file }: DownloadProgress) => (file.startsWith('onnx/') ? controller.abort(new Error('stop')) : undefined)
    await expect(download({ signal: controller.signal, onProgress })).rejects.toThrow('stop')
    expect((await listAll()).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})
