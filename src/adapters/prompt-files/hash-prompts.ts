import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../core/errors/app-error.js'

/** SHA-256 of the files that an answer's prompt is made of, with their names: another hash, another prompt. Fails with PROMPT_FILE_INVALID. */
export async function hashPrompts(promptsDir: string): Promise<string> {
  const folder = join(promptsDir, 'answer')
  const hash = createHash('sha256')
  try {
    for (const name of (await readdir(folder)).sort())
      hash
        .update(`${name}\0`)
        .update(await readFile(join(folder, name)))
        .update('\0')
  } catch (cause) {
    throw new AppError('PROMPT_FILE_INVALID', { path: folder, problem: 'it cannot be read' }, cause)
  }
  return hash.digest('hex')
}
