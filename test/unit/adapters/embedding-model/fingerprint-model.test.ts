import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprintModel } from '../../../../src/adapters/embedding-model/fingerprint-model.js'

let folder = ''
let modelPath = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pilotbook-fingerprint-'))
  modelPath = join(folder, 'onnx', 'model_quantized.onnx')
  await mkdir(join(folder, 'onnx'))
  await writeFile(modelPath, 'weights')
  await writeFile(join(folder, 'tokenizer.json'), 'pieces')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('fingerprintModel', () => {
  it('is the SHA-256 over the weights followed by the tokenizer', async () => {
    await expect(fingerprintModel({ folder, dtype: 'q8' })).resolves.toBe(sha256('weightspieces'))
  })

  it('is remembered by path, size and time, and computed anew when one of them changes', async () => {
    const memoryPath = join(folder, 'made', 'fingerprints.json')
    // A whole second, which every file system keeps as it is.
    const time = new Date(1_700_000_000_000)
    await utimes(modelPath, time, time)
    await fingerprintModel({ folder, dtype: 'q8', memoryPath })
    await writeFile(modelPath, 'WEIGHTS')
    await utimes(modelPath, time, time)
    await expect(fingerprintModel({ folder, dtype: 'q8', memoryPath })).resolves.toBe(sha256('weightspieces'))
    await utimes(modelPath, time, new Date(time.getTime() + 5000))
    await expect(fingerprintModel({ folder, dtype: 'q8', memoryPath })).resolves.toBe(sha256('WEIGHTSpieces'))
  })

  it('does without a memory that is damaged or cannot be written', async () => {
    const memoryPath = join(folder, 'fingerprints.json')
    await writeFile(memoryPath, '{"cut":')
    await expect(fingerprintModel({ folder, dtype: 'q8', memoryPath })).resolves.toBe(sha256('weightspieces'))
    expect(JSON.parse(await readFile(memoryPath, 'utf8'))).toMatchObject({ [modelPath]: { sha256: sha256('weightspieces') } })
    const blocked = join(folder, 'tokenizer.json', 'fingerprints.json')
    await expect(fingerprintModel({ folder, dtype: 'q8', memoryPath: blocked })).resolves.toBe(sha256('weightspieces'))
  })

  it('refuses fetched weights that are not what the hub sent any more', async () => {
    const files = { 'onnx/model_quantized.onnx': { size: 7, sha256: sha256('weights') } }
    const record = { repository: 'Xenova/all-MiniLM-L12-v2', revision: 'a'.repeat(40), files }
    await writeFile(join(folder, 'revision.json'), JSON.stringify(record))
    await expect(fingerprintModel({ folder, dtype: 'q8' })).resolves.toBe(sha256('weightspieces'))
    await writeFile(modelPath, 'weightz')
    await expect(fingerprintModel({ folder, dtype: 'q8' })).rejects.toMatchObject({ code: 'MODEL_UNUSABLE' })
  })
})
