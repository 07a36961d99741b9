import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Kysely, type SqliteDatabase, SqliteDialect, sql } from 'kysely'
import Libsql from 'libsql'
import type { ConversationTables } from './conversation-tables.js'

/**
 * Opens the file, creating it and its folder, for this user alone. A write is on the disk when its call resolves, and readers of other
 * processes are not kept waiting by it (write-ahead log). Rejects with what disk and SQLite report.
 */
export async function openDatabase(path: string): Promise<Kysely<ConversationTables>> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await (await open(path, 'a', 0o600)).close()
  const database = new Kysely<ConversationTables>({ dialect: new SqliteDialect({ database: async () => toSqlite(new Libsql(path)) }) })
  try {
    await sql`pragma journal_mode = wal`.execute(database)
    await sql`pragma synchronous = full`.execute(database)
    await sql`pragma foreign_keys = on`.execute(database)
    return database
  } catch (error) {
    await database.destroy()
    throw error
  }
}

/** libsql as Kysely's dialect for SQLite wants it: values handed over as one list. */
function toSqlite(database: Libsql.Database): SqliteDatabase {
  return {
    close: () => void database.close(),
    prepare: (text) => {
      const statement = database.prepare(text)
      return {
        reader: statement.reader,
        all: (values) => statement.all(...values),
        run: (values) => statement.run(...values),
        iterate: (values) => statement.iterate(...values),
      }
    },
  }
}
