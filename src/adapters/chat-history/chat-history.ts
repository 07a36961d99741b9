import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '../../core/errors/app-error.js'

/** Lines that are remembered, and characters of each. */
export const rememberedLines = 500
const longestLine = 2_000

/** Lines typed before, the last one first; none when there is no file yet. Rejects with CONVERSATIONS_UNUSABLE when it cannot be read. */
export async function loadChatHistory(path: string): Promise<readonly string[]> {
  try {
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '')
    return lines.slice(-rememberedLines).reverse()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw toUnusable(error, path)
  }
}

/** Writes the lines (the last one first) for this user alone, oldest first as a shell does. Rejects with CONVERSATIONS_UNUSABLE. */
export async function saveChatHistory(path: string, lines: readonly string[]): Promise<void> {
  const kept = lines.filter((line) => line !== '' && line.length <= longestLine).slice(0, rememberedLines)
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeFile(
      path,
      kept
        .map((line) => `${line}\n`)
        .reverse()
        .join(''),
      { mode: 0o600 },
    )
  } catch (error) {
    throw toUnusable(error, path)
  }
}

function toUnusable(error: unknown, path: string): AppError {
  return new AppError('CONVERSATIONS_UNUSABLE', { path, problem: error instanceof Error ? error.message : String(error) }, error)
}
