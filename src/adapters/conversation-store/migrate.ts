import { type Kysely, sql } from 'kysely'
import { AppError } from '../../core/errors/app-error.js'
import type { ConversationTables } from './conversation-tables.js'

type Database = Kysely<ConversationTables>

/** Steps from an empty file to the tables of today, in order. What has been released is never changed, only added to. */
const migrations: readonly ((database: Database) => Promise<void>)[] = [createTables]

export const schemaVersion = migrations.length

/**
 * Brings the file to the tables of today, all steps or none; writes nothing to one that is there already. Two processes that open a new
 * file take turns. Rejects with CONVERSATIONS_UNUSABLE for a file that a later version of the program has written.
 */
export async function migrate(database: Database, path: string): Promise<void> {
  if ((await readVersion(database)) === schemaVersion) return
  await database.connection().execute(async (connection) => {
    // A transaction that only begins to read would be refused when it comes to write after another process did.
    await sql`begin immediate`.execute(connection)
    try {
      await runMissing(connection, path)
      await sql`commit`.execute(connection)
    } catch (error) {
      await sql`rollback`.execute(connection)
      throw error
    }
  })
}

async function runMissing(database: Database, path: string): Promise<void> {
  const version = await readVersion(database)
  if (version > schemaVersion) {
    const problem = `its tables are of version ${version}; this program knows them up to version ${schemaVersion}.`
    throw new AppError('CONVERSATIONS_UNUSABLE', { path, problem })
  }
  for (const [position, run] of migrations.entries()) {
    if (position < version) continue
    await run(database)
    await database
      .insertInto('schema_version')
      .values({ version: position + 1, applied_at: new Date().toISOString() })
      .execute()
  }
}

async function readVersion(database: Database): Promise<number> {
  const tables = await sql<{ name: string }>`select name from sqlite_master where name = 'schema_version'`.execute(database)
  if (tables.rows.length === 0) return 0
  const row = await database
    .selectFrom('schema_version')
    .select(({ fn }) => fn.max('version').as('version'))
    .executeTakeFirst()
  return row?.version ?? 0
}

async function createTables(database: Database): Promise<void> {
  const { schema } = database
  await schema
    .createTable('schema_version')
    .addColumn('version', 'integer', (column) => column.primaryKey())
    .addColumn('applied_at', 'text', (column) => column.notNull())
    .execute()
  await schema
    .createTable('conversation')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('search_text', 'text', (column) => column.notNull())
    .addColumn('turn_count', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .execute()
  await schema.createIndex('conversation_by_use').on('conversation').columns(['updated_at', 'id']).execute()
  await schema
    .createTable('turn')
    .addColumn('conversation_id', 'text', (column) => column.notNull().references('conversation.id').onDelete('cascade'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('asked_at', 'text', (column) => column.notNull())
    .addColumn('question', 'text', (column) => column.notNull())
    .addColumn('standalone_question', 'text', (column) => column.notNull())
    .addColumn('answer', 'text', (column) => column.notNull())
    .addColumn('search_text', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('turn_place', ['conversation_id', 'position'])
    .execute()
}
