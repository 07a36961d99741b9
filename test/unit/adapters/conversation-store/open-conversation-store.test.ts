import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import Libsql from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { schemaVersion } from '../../../../src/adapters/conversation-store/migrate.js'
import { openConversationStore } from '../../../../src/adapters/conversation-store/open-conversation-store.js'
import type { ConversationStore } from '../../../../src/core/ports/conversation-store.js'
import { fakeAnswer } from '../../../helpers/fake-pilotbook.js'
import { createTemporaryFolder } from '../../../helpers/temporary-folder.js'

async function newPath(): Promise<string> {
  return join(await createTemporaryFolder(), 'conversations.db')
}

async function openFor(path: string): Promise<ConversationStore> {
  const store = await openConversationStore(path)
  onTestFinished(() => store.close())
  return store
}

/** What a tool of SQLite's own sees in the file. */
function look(path: string, query: string): unknown {
  const database = new Libsql(path)
  try {
    return database.prepare(query).get()
  } finally {
    database.close()
  }
}

describe('the conversations file', () => {
  it('keeps everything from one opening to the next, and says which version its tables are of', async () => {
    const path = await newPath()
    const first = await openFor(path)
    const { id } = await first.create()
    await first.addTurn(id, fakeAnswer)
    await first.close()
    const second = await openFor(path)
    expect(await second.get(id)).toMatchObject({ title: fakeAnswer.question, turns: [{ position: 1, answer: fakeAnswer }] })
    expect(look(path, 'select max(version) as version from schema_version')).toMatchObject({ version: schemaVersion })
    expect(look(path, 'pragma journal_mode')).toMatchObject({ journal_mode: 'wal' })
  })

  it.skipIf(process.platform === 'win32')('can be read by its owner alone', async () => {
    const path = join(await createTemporaryFolder(), 'data', 'conversations.db')
    await openFor(path)
    expect(statSync(path).mode & 0o077).toBe(0)
    expect(statSync(join(path, '..')).mode & 0o077).toBe(0)
  })

  it('is opened and written by several at once, without a lost or doubled turn', async () => {
    const path = await newPath()
    const stores = await Promise.all([1, 2, 3].map(() => openFor(path)))
    const { id } = await (stores[0] ?? (await openFor(path))).create()
    await Promise.all(stores.flatMap((store) => [1, 2, 3, 4, 5].map(() => store.addTurn(id, fakeAnswer))))
    const { turns } = await (stores[1] ?? (await openFor(path))).get(id)
    expect(turns.map(({ position }) => position)).toEqual(Array.from({ length: 15 }, (_, at) => at + 1))
  })

  it('of a later version of the program is refused untouched', async () => {
    const path = await newPath()
    await (await openFor(path)).close()
    const database = new Libsql(path)
    database.prepare('insert into schema_version values (?, ?)').run(99, 'later')
    database.close()
    await expect(openConversationStore(path)).rejects.toMatchObject({
      code: 'CONVERSATIONS_UNUSABLE',
      message: expect.stringMatching(/version 99.*up to version 1\./),
    })
    expect(look(path, 'select count(*) as count from schema_version')).toMatchObject({ count: 2 })
  })

  it('that is no database is refused by its name, and left as it is', async () => {
    const path = await newPath()
    await writeFile(path, 'These are notes of mine, and by no means a database. '.repeat(100))
    await expect(openConversationStore(path)).rejects.toMatchObject({
      code: 'CONVERSATIONS_UNUSABLE',
      message: expect.stringContaining(path),
    })
    expect(statSync(path).size).toBe(5300)
  })

  it('whose answers somebody broke is told as unusable, not shown as something else', async () => {
    const path = await newPath()
    const store = await openFor(path)
    const { id } = await store.create()
    await store.addTurn(id, fakeAnswer)
    const database = new Libsql(path)
    database.exec(`update turn set answer = '{"kind": "answered"}'`)
    database.close()
    await expect(store.get(id)).rejects.toMatchObject({ code: 'CONVERSATIONS_UNUSABLE' })
    expect(await store.list()).toHaveLength(1)
  })

  it('is readable after its writer was killed in mid-write, with every turn that was told as kept, and no half of one', async () => {
    const path = await newPath()
    const told = await killWriter(path)
    expect(look(path, 'pragma integrity_check')).toMatchObject({ integrity_check: 'ok' })
    const store = await openFor(path)
    const [summary] = await store.list()
    const { turns } = await store.get(summary?.id ?? '')
    expect(turns.length).toBe(summary?.turnCount)
    expect([told, told + 1]).toContain(turns.length)
    for (const [at, { position, answer }] of turns.entries()) {
      expect([position, answer.markdown.length, answer.citations]).toEqual([at + 1, 1_000_000, fakeAnswer.citations])
    }
    await store.addTurn(summary?.id ?? '', fakeAnswer)
  })
})

/** Starts a process that adds turns of a megabyte as fast as it can and kills it between two of its reports; resolves to the last count it told. */
async function killWriter(path: string): Promise<number> {
  const file = (name: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../../../', name)).href)
  const program = `
    const { openConversationStore } = await import(${file('src/adapters/conversation-store/open-conversation-store.ts')})
    const { fakeAnswer } = await import(${file('test/helpers/fake-pilotbook.ts')})
    const store = await openConversationStore(${JSON.stringify(path)})
    const { id } = await store.create('killed')
    for (;;) {
      const { position } = await store.addTurn(id, { ...fakeAnswer, markdown: 'x'.repeat(1_000_000) })
      process.stdout.write(position + '\\n')
    }`
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await expect.poll(() => printed.split('\n').length, { timeout: 20_000 }).toBeGreaterThan(5)
  await sleep(7)
  child.kill('SIGKILL')
  await once(child, 'close')
  return Number(printed.trimEnd().split('\n').at(-1))
}
