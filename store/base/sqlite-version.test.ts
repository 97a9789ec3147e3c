import Database from 'better-sqlite3'
import { expect, test } from 'vitest'

import { checkSqlite, sqliteVersion } from './sqlite-version.js'

test.each(['3.51.2', '3.50.4', '3.9.99', '2.99.99'])('SQLite %s is refused: two writers can corrupt its WAL', (version) => {
  expect(() => checkSqlite(version)).toThrow(expect.objectContaining({ code: 'unsafe-sqlite' }))
})

test.each(['3.51.3', '3.53.2', '3.100.0', '4.0.0'])('SQLite %s is accepted', (version) => {
  expect(() => checkSqlite(version)).not.toThrow()
})

test('the installed SQLite is accepted', () => {
  const database = new Database(':memory:')
  expect(() => checkSqlite(sqliteVersion(database))).not.toThrow()
  database.close()
})
