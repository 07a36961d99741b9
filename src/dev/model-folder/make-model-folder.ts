import { mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildBertGraph } from './bert-graph.js'
import { encodeOnnx } from './encode-onnx.js'
import type { Chunks } from './encode-protobuf.js'
import { toModelConfig, toTokenizerConfig, toTokenizerJson } from './tokenizer-files.js'
import { makeVocabulary } from './vocabulary.js'

export interface ModelFolderOptions {
  readonly path: string
  readonly dtype: 'q8' | 'fp32'
  readonly layers?: number
  readonly vocabularySize?: number
  readonly seed?: number
  /** A multiple of 32. */
  readonly dimension?: number
}

/**
 * Writes a folder laid out like the hub's Xenova/all-MiniLM-L12-v2: the exact architecture and file formats, with random
 * weights. Speeds measured on it are real; what its vectors mean is not. The same options give the same bytes.
 */
export async function makeModelFolder(options: ModelFolderOptions): Promise<void> {
  const { path, dtype, layers = 12, vocabularySize = 30_522, seed = 1, dimension = 384 } = options
  const vocabulary = makeVocabulary(vocabularySize, seed)
  await mkdir(join(path, 'onnx'), { recursive: true })
  await writeJson(join(path, 'config.json'), toModelConfig({ layers, dimension, vocabularySize }))
  await writeJson(join(path, 'tokenizer.json'), toTokenizerJson(vocabulary))
  await writeJson(join(path, 'tokenizer_config.json'), toTokenizerConfig())
  const modelFile = dtype === 'q8' ? 'model_quantized.onnx' : 'model.onnx'
  await writeChunks(join(path, 'onnx', modelFile), encodeOnnx(buildBertGraph({ dtype, layers, dimension, vocabularySize, seed })))
}

async function writeJson(path: string, value: object): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`)
}

async function writeChunks(path: string, chunks: Chunks): Promise<void> {
  const file = await open(path, 'w')
  try {
    for (const chunk of chunks) await file.writeFile(chunk)
  } finally {
    await file.close()
  }
}
