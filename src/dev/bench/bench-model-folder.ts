import { mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeModelFolder } from '../model-folder/make-model-folder.js'

/** A model folder of full size with random weights, made at the first benchmark on this machine. */
export async function getBenchModelFolder(dtype: 'q8' | 'fp32'): Promise<string> {
  const path = join(tmpdir(), `pilotbook-bench-model-v3-${dtype}`)
  const isThere = await stat(path).catch(() => undefined)
  if (isThere !== undefined) return path
  const temporary = await mkdtemp(`${path}-`)
  await makeModelFolder({ path: temporary, dtype })
  // A benchmark that runs beside this one may have been faster.
  await rename(temporary, path).catch(() => rm(temporary, { recursive: true, force: true }))
  return path
}
