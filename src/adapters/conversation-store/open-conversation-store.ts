import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { AppError } from '../../core/errors/app-error.js'
import { type ConversationStore, conversationLimits, type ListOptions } from '../../core/ports/conversation-store.js'
import type { Answer } from '../../core/types/answer.js'
import type { Conversation, ConversationSummary, Turn } from '../../core/types/conversation.js'
import { toConversationTitle } from '../../core/types/conversation-title.js'
import type { ConversationTables } from './conversation-tables.js'
import { migrate } from './migrate.js'
import { openDatabase } from './open-database.js'
import { parseTurn } from './parse-turn.js'
import { retryWhileBusy } from './retry-while-busy.js'
import { toPatterns, toSearchText } from './search-text.js'

const defaultListed = 50
const summaryColumns = ['id', 'title', 'turn_count', 'created_at', 'updated_at'] as const

/**
 * Opens the conversations of one SQLite file, which is created when it is not there; several processes may use it at once. Everything
 * that disk or SQLite refuses, now or later, is CONVERSATIONS_UNUSABLE with what they said.
 */
export async function openConversationStore(path: string, now: () => Date = () => new Date()): Promise<ConversationStore> {
  const guard = <Value>(run: () => Promise<Value>) =>
    retryWhileBusy(run).catch((thrown: unknown) => Promise.reject(toUnusable(thrown, path)))
  const database = await guard(async () => {
    const opened = await openDatabase(path)
    await migrate(opened, path).catch(async (error: unknown) => {
      await opened.destroy()
      throw error
    })
    return opened
  })
  const store = new SqliteConversations(database, path, now)
  return {
    create: (title) => guard(() => store.create(title)),
    list: (options) => guard(() => store.list(options)),
    get: (id) => guard(() => store.get(id)),
    recentTurns: (id, count) => guard(() => store.recentTurns(id, count)),
    rename: (id, title) => guard(() => store.rename(id, title)),
    delete: (id) => guard(() => store.delete(id)),
    addTurn: (id, answer) => guard(() => store.addTurn(id, answer)),
    close: () => database.destroy(),
  }
}

function toUnusable(thrown: unknown, path: string): unknown {
  if (thrown instanceof AppError) return thrown
  const problem = thrown instanceof Error ? thrown.message : String(thrown)
  return new AppError('CONVERSATIONS_UNUSABLE', { path, problem }, thrown)
}

type Database = Kysely<ConversationTables>

class SqliteConversations implements Omit<ConversationStore, 'close'> {
  readonly #database: Database
  readonly #path: string
  readonly #now: () => Date

  constructor(database: Database, path: string, now: () => Date) {
    this.#database = database
    this.#path = path
    this.#now = now
  }

  async create(title = ''): Promise<ConversationSummary> {
    const { count } = await this.#database
      .selectFrom('conversation')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    refuseAbove(count + 1, conversationLimits.conversations, 'conversations')
    const at = this.#now().toISOString()
    const shown = toConversationTitle(title)
    const row = { id: randomUUID(), title: shown, search_text: toSearchText(shown), turn_count: 0, created_at: at, updated_at: at }
    await this.#database.insertInto('conversation').values(row).execute()
    return toSummary(row)
  }

  async list({ search = '', limit = defaultListed }: ListOptions = {}): Promise<readonly ConversationSummary[]> {
    let query = this.#database.selectFrom('conversation').select(summaryColumns)
    for (const pattern of toPatterns(search)) {
      query = query.where(({ exists, or, selectFrom }) =>
        or([
          isLike('conversation.search_text', pattern),
          exists(
            selectFrom('turn')
              .select('position')
              .whereRef('conversation_id', '=', 'conversation.id')
              .where(isLike('turn.search_text', pattern)),
          ),
        ]),
      )
    }
    const rows = await query
      .orderBy('updated_at', 'desc')
      .orderBy('id')
      .limit(Math.max(0, Math.min(limit, conversationLimits.listed)))
      .execute()
    return rows.map(toSummary)
  }

  async get(id: string): Promise<Conversation> {
    return this.#database.transaction().execute(async (transaction) => {
      const { turnCount: _, ...summary } = await this.#find(id, transaction)
      const rows = await transaction.selectFrom('turn').selectAll().where('conversation_id', '=', id).orderBy('position').execute()
      return { ...summary, turns: rows.map((row) => parseTurn(row, this.#path)) }
    })
  }

  async recentTurns(id: string, count: number): Promise<readonly Turn[]> {
    await this.#find(id, this.#database)
    const rows = await this.#database
      .selectFrom('turn')
      .selectAll()
      .where('conversation_id', '=', id)
      .orderBy('position', 'desc')
      .limit(count)
      .execute()
    return rows.reverse().map((row) => parseTurn(row, this.#path))
  }

  async rename(id: string, title: string): Promise<ConversationSummary> {
    const shown = toConversationTitle(title)
    const row = await this.#database
      .updateTable('conversation')
      .set({ title: shown, search_text: toSearchText(shown), updated_at: this.#now().toISOString() })
      .where('id', '=', id)
      .returning(summaryColumns)
      .executeTakeFirst()
    if (row === undefined) throw unknown(id)
    return toSummary(row)
  }

  async delete(id: string): Promise<void> {
    const row = await this.#database.deleteFrom('conversation').where('id', '=', id).returning('id').executeTakeFirst()
    if (row === undefined) throw unknown(id)
  }

  async addTurn(id: string, answer: Answer): Promise<Turn> {
    const askedAt = this.#now().toISOString()
    const { question, standaloneQuestion, markdown } = answer
    return this.#database.transaction().execute(async (transaction) => {
      // The first statement writes: two writers then wait for each other instead of being refused.
      const conversation = await transaction
        .updateTable('conversation')
        .set(({ eb }) => ({ turn_count: eb('turn_count', '+', 1), updated_at: askedAt }))
        .where('id', '=', id)
        .returning(['turn_count', 'title'])
        .executeTakeFirst()
      if (conversation === undefined) throw unknown(id)
      const { turn_count: position, title } = conversation
      refuseAbove(position, conversationLimits.turns, 'turns of this conversation')
      if (title === '') await nameAfter(question, id, transaction)
      const row = { position, asked_at: askedAt, question, standalone_question: standaloneQuestion, answer: JSON.stringify(answer) }
      const search_text = toSearchText(question, standaloneQuestion, markdown)
      await transaction
        .insertInto('turn')
        .values({ conversation_id: id, ...row, search_text })
        .execute()
      return { position, askedAt, question, standaloneQuestion, answer }
    })
  }

  async #find(id: string, database: Database): Promise<ConversationSummary> {
    const row = await database.selectFrom('conversation').select(summaryColumns).where('id', '=', id).executeTakeFirst()
    if (row === undefined) throw unknown(id)
    return toSummary(row)
  }
}

async function nameAfter(question: string, id: string, database: Database): Promise<void> {
  const title = toConversationTitle(question)
  await database
    .updateTable('conversation')
    .set({ title, search_text: toSearchText(title) })
    .where('id', '=', id)
    .execute()
}

function isLike(column: 'conversation.search_text' | 'turn.search_text', pattern: string) {
  return sql<boolean>`${sql.ref(column)} like ${pattern} escape '\\'`
}

function refuseAbove(count: number, limit: number, what: string): void {
  if (count > limit) throw new AppError('CONVERSATION_FULL', { what, limit })
}

function unknown(id: string): AppError {
  return new AppError('CONVERSATION_UNKNOWN', { conversation: id.slice(0, 100) })
}

interface SummaryRow {
  readonly id: string
  readonly title: string
  readonly turn_count: number
  readonly created_at: string
  readonly updated_at: string
}

function toSummary({ id, title, turn_count, created_at, updated_at }: SummaryRow): ConversationSummary {
  return { id, title, turnCount: turn_count, createdAt: created_at, updatedAt: updated_at }
}
