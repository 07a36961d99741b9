import { join } from 'node:path'

/** `q8`: int8 weights, 34 MB; `fp32`: full precision, 133 MB and about a third of the speed. */
export type ModelDtype = 'q8' | 'fp32'

/** The hub's repository; its name is also the path below a cache or a parent folder. */
export const modelRepository = 'Xenova/all-MiniLM-L12-v2'
export const modelName = 'all-MiniLM-L12-v2'
export const modelDimension = 384
/** The model was trained on 128 word pieces, of which [CLS] and [SEP] take two. */
export const maxWindowTokens = 126

const modelFiles = { q8: 'onnx/model_quantized.onnx', fp32: 'onnx/model.onnx' } as const

/** The file with the weights, relative to the model folder, with forward slashes. */
export function modelFileOf(dtype: ModelDtype): string {
  return modelFiles[dtype]
}

/** All files that the embedder reads, relative to the model folder, with forward slashes; the weights last. */
export function requiredFiles(dtype: ModelDtype): readonly string[] {
  return ['config.json', 'tokenizer.json', 'tokenizer_config.json', modelFileOf(dtype)]
}

/** A file or folder inside a folder, for a relative path with forward slashes, in the form of this machine. */
export function pathInside(folder: string, relativePath: string): string {
  return join(folder, ...relativePath.split('/'))
}
