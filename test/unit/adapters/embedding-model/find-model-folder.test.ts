import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findModelFolder } from '../../../../src/adapters/embedding-model/find-model-folder.js'
import { pathInside, requiredFiles } from '../../../../src/adapters/embedding-model/model-files.js'

let modelDir = ''
let cacheDir = ''
beforeEach(async () => {
  modelDir = await mkdtemp(join(tmpdir(), 'pilotbook-model-'))
  cacheDir = await mkdtemp(join(tmpdir(), 'pilotbook-cache-'))
})
afterEach(async () => {
  await rm(modelDir, { recursive: true, force: true })
  await rm(cacheDir, { recursive: true, force: true })
})

async function fill(folder: string, files: readonly string[], content = 'x'): Promise<void> {
  for (const file of files) {
    const path = pathInside(folder, file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  }
}

describe('findModelFolder', () => {
  it('takes the named folder when it holds the files itself, before the cache', async () => {
    await fill(modelDir, requiredFiles('q8'))
    await fill(join(cacheDir, 'Xenova', 'all-MiniLM-L12-v2'), requiredFiles('q8'))
    const found = { kind: 'found', path: modelDir, origin: 'PILOTBOOK_MODEL_DIR' }
    await expect(findModelFolder({ modelDir, cacheDir, dtype: 'q8' })).resolves.toEqual(found)
  })

  it('takes a parent that holds Xenova/all-MiniLM-L12-v2', async () => {
    const path = join(modelDir, 'Xenova', 'all-MiniLM-L12-v2')
    await fill(path, requiredFiles('fp32'))
    await expect(findModelFolder({ modelDir, cacheDir, dtype: 'fp32' })).resolves.toMatchObject({ kind: 'found', path })
  })

  it('finds the cache, and calls a half-filled or empty one absent', async () => {
    await expect(findModelFolder({ cacheDir, dtype: 'q8' })).resolves.toEqual({ kind: 'absent' })
    const path = join(cacheDir, 'Xenova', 'all-MiniLM-L12-v2')
    await fill(path, requiredFiles('q8').slice(0, 3))
    await expect(findModelFolder({ cacheDir, dtype: 'q8' })).resolves.toEqual({ kind: 'absent' })
    await fill(path, requiredFiles('q8'))
    await expect(findModelFolder({ cacheDir, dtype: 'q8' })).resolves.toEqual({ kind: 'found', path, origin: 'cache' })
    await expect(findModelFolder({ cacheDir, dtype: 'fp32' })).resolves.toEqual({ kind: 'absent' })
  })

  it('names the missing files of a named folder instead of falling back', async () => {
    await fill(modelDir, ['config.json', 'tokenizer_config.json'])
    const run = findModelFolder({ modelDir, cacheDir, dtype: 'q8' })
    const details = { path: modelDir, missing: 'tokenizer.json, onnx/model_quantized.onnx', model: 'model_quantized.onnx' }
    await expect(run).rejects.toMatchObject({ code: 'MODEL_FOLDER_INCOMPLETE', details })
  })

  it('names the nested folder when the files are partly there, and counts an empty file as missing', async () => {
    const path = join(modelDir, 'Xenova', 'all-MiniLM-L12-v2')
    await fill(path, requiredFiles('q8'))
    await fill(path, ['tokenizer.json'], '')
    const run = findModelFolder({ modelDir, cacheDir, dtype: 'q8' })
    await expect(run).rejects.toMatchObject({ code: 'MODEL_FOLDER_INCOMPLETE', details: { path, missing: 'tokenizer.json' } })
  })

  it('names all files when the named folder does not exist', async () => {
    const run = findModelFolder({ modelDir: join(modelDir, 'gone'), cacheDir, dtype: 'q8' })
    await expect(run).rejects.toMatchObject({ details: { missing: requiredFiles('q8').join(', ') } })
  })
})
