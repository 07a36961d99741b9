import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openConversationStore } from '../../src/adapters/conversation-store/open-conversation-store.js'
import { type ConversationStore, conversationLimits } from '../../src/core/ports/conversation-store.js'
import type { Answer } from '../../src/core/types/answer.js'
import { fakeAnswer } from '../helpers/fake-pilotbook.js'
import { createMemoryConversations } from '../helpers/memory-conversations.js'
import { createTemporaryFolder } from '../helpers/temporary-folder.js'

const answerTo = (question: string, markdown = fakeAnswer.markdown): Answer => ({
  ...fakeAnswer,
  question,
  standaloneQuestion: question,
  markdown,
})

const stores: Readonly<Record<string, () => Promise<ConversationStore>>> = {
  'SQLite file': async () => {
    let seconds = 0
    const now = () => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds++))
    return openConversationStore(join(await createTemporaryFolder(), 'data', 'conversations.db'), now)
  },
  memory: async () => createMemoryConversations(),
}

describe.each(Object.entries(stores))('conversations kept in %s', (_, open) => {
  let store: ConversationStore
  beforeEach(async (context) => {
    store = await open()
    // Before the folder goes: Windows keeps open files.
    context.onTestFinished(() => store.close())
  })

  it('keep each turn with question, standalone question, time and the whole answer', async () => {
    const { id } = await store.create()
    const answer = { ...fakeAnswer, question: 'And the daemon?', standaloneQuestion: 'What is the daemon?' }
    const turn = await store.addTurn(id, answer)
    expect(turn).toMatchObject({ position: 1, question: 'And the daemon?', standaloneQuestion: 'What is the daemon?' })
    expect(Date.parse(turn.askedAt)).not.toBeNaN()
    const kept = await store.get(id)
    expect(kept.turns).toEqual([turn])
    expect(kept.turns[0]?.answer).toEqual(answer)
  })

  it('take the first question for a title unless they have one, and keep the one they were given', async () => {
    const unnamed = await store.create()
    const named = await store.create('  My\n course ')
    expect([unnamed.title, named.title]).toEqual(['', 'My course'])
    for (const { id } of [unnamed, named])
      for (const question of ['What is\ta volume?', 'Why?']) await store.addTurn(id, answerTo(question))
    expect((await store.list()).map(({ title, turnCount }) => [title, turnCount])).toEqual([
      ['My course', 2],
      ['What is a volume?', 2],
    ])
  })

  it('are listed with the last used first, and no more than asked for', async () => {
    const ids = [await store.create('a'), await store.create('b'), await store.create('c')].map(({ id }) => id)
    await store.addTurn(ids[0] ?? '', answerTo('What is an image?'))
    expect((await store.list()).map(({ title }) => title)).toEqual(['a', 'c', 'b'])
    expect(await store.list({ limit: 1 })).toHaveLength(1)
  })

  it('are found by words of title, questions and answers, whatever their case, and by all of them', async () => {
    const first = await store.create('Netzwerke für Anfänger')
    const second = await store.create()
    await store.addTurn(first.id, answerTo('What is a bridge?', 'A **bridge** joins containers; it is 100% virtual.'))
    await store.addTurn(second.id, answerTo('What is a volume?', 'A path such as /var/lib_x keeps data.'))
    const find = async (search: string) => (await store.list({ search })).map(({ id }) => id)
    expect(await find('FÜR bridge')).toEqual([first.id])
    expect(await find('lib_x')).toEqual([second.id])
    expect(await find('100%')).toEqual([first.id])
    expect(await find('bridge volume')).toEqual([])
    expect(await find('a%b')).toEqual([])
    expect(await find('  ')).toEqual([second.id, first.id])
  })

  it('are renamed and deleted with all their turns, and nothing else is', async () => {
    const first = await store.create('first')
    const second = await store.create('second')
    await store.addTurn(first.id, answerTo('What is an image?'))
    expect(await store.rename(first.id, `  ${'word '.repeat(100)}`)).toMatchObject({ id: first.id, turnCount: 1 })
    const { title } = await store.get(first.id)
    expect(title.length).toBeLessThanOrEqual(conversationLimits.titleLength)
    expect(title).toMatch(/^word .*word…$/)
    await store.delete(first.id)
    expect((await store.list()).map(({ id }) => id)).toEqual([second.id])
    expect(await store.list({ search: 'image' })).toEqual([])
    await expect(store.addTurn(first.id, fakeAnswer)).rejects.toMatchObject({ code: 'CONVERSATION_UNKNOWN' })
  })

  it('give their last turns, oldest first', async () => {
    const { id } = await store.create()
    for (const question of ['one', 'two', 'three']) await store.addTurn(id, answerTo(question))
    expect((await store.recentTurns(id, 2)).map(({ question }) => question)).toEqual(['two', 'three'])
  })

  it('that do not exist are told by name, whatever is wanted of them', async () => {
    const calls = [
      () => store.get('none'),
      () => store.recentTurns('none', 1),
      () => store.rename('none', 'a'),
      () => store.delete('none'),
      () => store.addTurn('none', fakeAnswer),
    ]
    for (const call of calls) {
      await expect(call()).rejects.toMatchObject({ code: 'CONVERSATION_UNKNOWN', message: expect.stringContaining('"none"') })
    }
  })

  it('take no more turns than the limit, and lose none that they have', async () => {
    const { id } = await store.create()
    for (let count = 0; count < conversationLimits.turns; count++) await store.addTurn(id, fakeAnswer)
    await expect(store.addTurn(id, fakeAnswer)).rejects.toMatchObject({ code: 'CONVERSATION_FULL' })
    expect((await store.list())[0]?.turnCount).toBe(conversationLimits.turns)
    expect(await store.recentTurns(id, 1)).toMatchObject([{ position: conversationLimits.turns }])
  })
})
