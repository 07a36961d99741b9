import { mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeModelFolder } from '../../src/dev/model-folder/make-model-folder.js'

export interface FixtureModelOptions {
  readonly dtype?: 'q8' | 'fp32'
  readonly layers?: number
  readonly dimension?: number
  readonly vocabularySize?: number
}

/** Raise it when the files that the maker writes change, so that folders of an older run are not taken. */
const version = 3

/**
 * A model folder of the real architecture with random weights, made once per machine and shared by all test processes: never
 * write into it. Twelve layers and int8 unless told otherwise.
 */
export async function getModelFolder(options: FixtureModelOptions = {}): Promise<string> {
  const { dtype = 'q8', layers = 12, dimension = 384, vocabularySize = 3000 } = options
  const path = join(tmpdir(), `pilotbook-model-v${version}-${dtype}-${layers}-${dimension}-${vocabularySize}`)
  if (await exists(path)) return path
  const temporary = await mkdtemp(`${path}-`)
  await makeModelFolder({ path: temporary, dtype, layers, dimension, vocabularySize })
  try {
    await rename(temporary, path)
  } catch (failure) {
    // Another test process was faster; its folder is the same.
    await rm(temporary, { recursive: true, force: true })
    if (!(await exists(path))) throw failure
  }
  return path
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
