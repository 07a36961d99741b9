import { stat } from 'node:fs/promises'
import { AppError } from '../../core/errors/app-error.js'
import { type ModelDtype, modelFileOf, modelRepository, pathInside, requiredFiles } from './model-files.js'

export interface ModelPlaces {
  /** PILOTBOOK_MODEL_DIR: the folder that holds config.json, or a parent that holds Xenova/all-MiniLM-L12-v2. */
  readonly modelDir?: string
  /** Where `downloadModel` puts models. */
  readonly cacheDir: string
  readonly dtype: ModelDtype
}

export type FoundModel =
  | { readonly kind: 'found'; readonly path: string; readonly origin: 'PILOTBOOK_MODEL_DIR' | 'cache' }
  | { readonly kind: 'absent' }

/**
 * The folder that holds the embedding model's four files. A folder that was named but lacks files is rejected with
 * MODEL_FOLDER_INCOMPLETE; an empty or half-filled cache only means that the model is not here yet.
 */
export async function findModelFolder({ modelDir, cacheDir, dtype }: ModelPlaces): Promise<FoundModel> {
  if (modelDir !== undefined) return { kind: 'found', path: await findNamedFolder(modelDir, dtype), origin: 'PILOTBOOK_MODEL_DIR' }
  const path = cachedModelPath(cacheDir)
  return (await listMissing(path, dtype)).length === 0 ? { kind: 'found', path, origin: 'cache' } : { kind: 'absent' }
}

/** Where in the cache the model lies, or will. */
export function cachedModelPath(cacheDir: string): string {
  return pathInside(cacheDir, modelRepository)
}

async function findNamedFolder(modelDir: string, dtype: ModelDtype): Promise<string> {
  const nested = pathInside(modelDir, modelRepository)
  const [missing, missingNested] = [await listMissing(modelDir, dtype), await listMissing(nested, dtype)]
  if (missing.length === 0) return modelDir
  if (missingNested.length === 0) return nested
  const fuller = missingNested.length < missing.length ? { path: nested, missing: missingNested } : { path: modelDir, missing }
  const model = modelFileOf(dtype).replace('onnx/', '')
  throw new AppError('MODEL_FOLDER_INCOMPLETE', { path: fuller.path, missing: fuller.missing.join(', '), model })
}

async function listMissing(folder: string, dtype: ModelDtype): Promise<readonly string[]> {
  const missing: string[] = []
  for (const file of requiredFiles(dtype)) if (!(await isFilledFile(pathInside(folder, file)))) missing.push(file)
  return missing
}

async function isFilledFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() === true && found.size > 0
}
