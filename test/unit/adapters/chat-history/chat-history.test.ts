import { readFileSync, statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadChatHistory, rememberedLines, saveChatHistory } from '../../../../src/adapters/chat-history/chat-history.js'
import { createTemporaryFolder } from '../../../helpers/temporary-folder.js'

describe('the history of the chat', () => {
  it('comes back as it was saved, the last line first, and begins empty', async () => {
    const path = join(await createTemporaryFolder(), 'data', 'chat-history')
    expect(await loadChatHistory(path)).toEqual([])
    await saveChatHistory(path, ['third', 'second – ü', 'first'])
    expect(await loadChatHistory(path)).toEqual(['third', 'second – ü', 'first'])
    expect(readFileSync(path, 'utf8')).toBe('first\nsecond – ü\nthird\n')
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0)
  })

  it('keeps the latest lines only, and none of a whole page', async () => {
    const path = join(await createTemporaryFolder(), 'chat-history')
    await saveChatHistory(path, ['x'.repeat(5_000), ...Array.from({ length: rememberedLines + 50 }, (_, at) => `line ${at}`)])
    const lines = await loadChatHistory(path)
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([rememberedLines, 'line 0', `line ${rememberedLines - 1}`])
  })

  it('that cannot be used is told with its path', async () => {
    const path = join(await createTemporaryFolder(), 'chat-history')
    await mkdir(path)
    for (const call of [() => loadChatHistory(path), () => saveChatHistory(path, ['a'])])
      await expect(call()).rejects.toMatchObject({ code: 'CONVERSATIONS_UNUSABLE', message: expect.stringContaining(path) })
  })
})
