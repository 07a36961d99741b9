import Database from 'libsql'
import { stopWords } from '../../../word-search/stop-words.js'
import { headingBoost, type Rival, type RivalPassage } from './rival.js'

/** SQLite FTS5 with its Porter stemmer; any of the question's words may match, and BM25 weighs the headings more. */
export function createSqlite(passages: readonly RivalPassage[]): Rival {
  const database = new Database(':memory:')
  database.exec("CREATE VIRTUAL TABLE passages USING fts5(heading, text, tokenize = 'porter unicode61')")
  const insert = database.prepare('INSERT INTO passages(rowid, heading, text) VALUES (?, ?, ?)')
  database.transaction(() => {
    for (const { number, heading, text } of passages) insert.run(number, heading, text)
  })()
  const select = database.prepare(
    `SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY bm25(passages, ${headingBoost}.0, 1.0), rowid LIMIT ?`,
  )
  return {
    name: 'SQLite FTS5, porter',
    search: (question, count) => {
      const match = toMatch(question)
      return match === '' ? [] : select.all(match, count).map(toRowNumber)
    },
    close: () => void database.close(),
  }
}

// Each word in quotation marks, so that none is an operator; a question of stop words only is asked as it is.
function toMatch(question: string): string {
  const words = question.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const telling = words.filter((word) => !stopWords.has(word))
  return [...new Set(telling.length === 0 ? words : telling)].map((word) => `"${word}"`).join(' OR ')
}

function toRowNumber(row: unknown): number {
  return typeof row === 'object' && row !== null && 'rowid' in row ? Number(row.rowid) : Number.NaN
}
