import Database from 'better-sqlite3'
import { Kysely } from 'kysely'
import { expect, test } from 'vitest'

import { StoreDialect } from '../base/dialect.js'
import { migrate } from '../base/migrate.js'
import type { Tables } from '../tables/tables.js'
import { firstTables } from './0001-first-tables.js'
import { steps } from './0003-steps.js'
import { metaReadings } from './0012-meta-readings.js'
import { orderOfChanges } from './0014-order-of-changes.js'

const BEFORE = { '0001': firstTables, '0003': steps, '0012': metaReadings }

test('a ledger of an earlier tetik keeps its rows in the order in which they were intended, and the rows that refer to them', async () => {
  const sqlite = new Database(':memory:')
  sqlite.pragma('foreign_keys = ON')
  const db = new Kysely<Tables>({ dialect: new StoreDialect(sqlite) })
  await migrate(db, ':memory:', BEFORE)
  const row = (id: string, outcome: string, intended: number, settled: number | null) =>
    sqlite
      .prepare(
        `insert into mutations (id, account, made_by, level, entity_id, field, before, target, outcome, intended_at, settled_at)
         values (?, 'moda-tr', 'a-rule', 'adset', '1', 'status', 'ACTIVE', 'PAUSED', ?, ?, ?)`,
      )
      .run(id, outcome, intended, settled)
  row('late', 'confirmed', 30, 35)
  row('early', 'refused', 10, 11)
  row('lost', 'unknown', 20, 21)
  row('open', 'intended', 40, null)
  sqlite.exec(`insert into copied_parts values ('late', 0, 'ad', '1', '2', 'x', 'made', '3', 1, null)`)

  await migrate(db, ':memory:', { ...BEFORE, '0014': orderOfChanges })
  const rows = await db.selectFrom('mutations').selectAll().orderBy('order_number').execute()
  expect(rows.map(({ id, order_number: number, sent_at: sent }) => [id, number, sent])).toEqual([
    ['early', 1, null],
    ['lost', 2, 21],
    ['late', 3, 35],
    ['open', 4, null],
  ])
  expect(await db.selectFrom('copied_parts').select(['mutation', 'copy_id']).execute()).toEqual([
    { mutation: 'late', copy_id: '3' },
  ])
  expect(sqlite.pragma('foreign_key_check')).toEqual([])
  expect(await db.selectFrom('counters').select('value').where('name', '=', 'change-order').execute()).toEqual([{ value: 4 }])
  await db.destroy()
})
