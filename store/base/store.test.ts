import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

import Database from 'better-sqlite3'
import { Kysely, sql } from 'kysely'
import { describe, expect, test } from 'vitest'

import { insightOf, stateRow } from '../../test/support/rows.js'
import { temporaryFolder, temporaryStore } from '../../test/support/temporary-store.js'
import { insightsAsOf, saveInsights } from '../account/insights.js'
import { coveredRanges } from '../account/syncs.js'
import { takeWebhookEvent } from '../incoming/webhook-events.js'
import { firstTables } from '../migrations/0001-first-tables.js'
import { lastEvaluations, ruleStates } from '../rules/rule-states.js'
import type { Tables } from '../tables/tables.js'
import { StoreDialect } from './dialect.js'
import { migrate } from './migrate.js'
import { openStore } from './store.js'
import { inTransaction } from './transaction.js'

const run = promisify(execFile)

/** Runs code that uses this folder's modules in a separate process. */
const inProcess = (code: string) =>
  run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], { cwd: process.cwd() })

describe('opening', () => {
  test('accepts sqlite:, file: and bare paths, and creates the folder', async () => {
    const folder = temporaryFolder()
    for (const url of [`sqlite:${folder}/a/x.db`, `file:${folder}/b/x.db`, `file://${folder}/c/x.db`, `${folder}/d/x.db`]) {
      const store = await openStore(url)
      expect(existsSync(store.file)).toBe(true)
      await store.close()
    }
    for (const name of ['a', 'b', 'c', 'd']) expect(existsSync(join(folder, name, 'x.db'))).toBe(true)
  })

  test.each(['postgres://user:secret@host/db', 'mysql://host/db', '', 'sqlite:'])(
    'refuses %j without showing it',
    async (url) => {
      const error: unknown = await openStore(url).catch((reason: unknown) => reason)
      expect(error).toMatchObject({ name: 'StoreError', code: 'unsupported-url' })
      expect(String(error)).not.toContain('secret')
    },
  )

  test('refuses a file that is not a SQLite database, and does not change it', async () => {
    const file = join(temporaryFolder(), 'notes.db')
    const text = 'These are notes and no database.\n'.repeat(100)
    writeFileSync(file, text)
    await expect(openStore(file)).rejects.toMatchObject({ code: 'not-a-store' })
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  test('refuses a damaged database', async () => {
    const file = join(temporaryFolder(), 'tetik.db')
    await (await openStore(file)).close()
    const bytes = readFileSync(file)
    bytes.fill(0x5a, 100, 4096)
    writeFileSync(file, bytes)
    await expect(openStore(file)).rejects.toMatchObject({ code: 'not-a-store' })
  })

  test('refuses a folder with the name of the file', async () => {
    await expect(openStore(temporaryFolder())).rejects.toMatchObject({ code: 'unreachable' })
  })

  test('brings a store of the first tables up to date and keeps when its rules were evaluated', async () => {
    const file = join(temporaryFolder(), 'tetik.db')
    const db = new Kysely<Tables>({ dialect: new StoreDialect(new Database(file)) })
    await migrate(db, file, { '0001-first-tables': firstTables })
    for (const row of [stateRow({ evaluated_at: 5 }), stateRow({ rule: 'selects-nothing', entity_key: '', evaluated_at: 7 })]) {
      // Columns of later migrations.
      const values: Partial<typeof row> = { ...row }
      delete values.observed
      delete values.acted_at
      await db
        .insertInto('rule_states')
        .values(values as typeof row)
        .execute()
    }
    await db.destroy()
    const store = await openStore(file)
    expect(await lastEvaluations(store, 'moda-tr')).toEqual(
      new Map(Object.entries({ 'pause-expensive': 5, 'selects-nothing': 7 })),
    )
    expect((await ruleStates(store, 'moda-tr')).map(({ rule }) => rule)).toEqual(['pause-expensive'])
    await store.close()
  })

  test('brings the insights and syncs of the first tables up to date, including revisions', async () => {
    const file = join(temporaryFolder(), 'tetik.db')
    const db = new Kysely<Tables>({ dialect: new StoreDialect(new Database(file)) })
    await migrate(db, file, { '0001-first-tables': firstTables })
    for (const [spend, learned, superseded] of [
      [100, 1, 2],
      [200, 2, null],
    ] as const) {
      await sql`insert into insights
        (account, level, entity_id, day, hour, spend, impressions, clicks, measures_json, learned_at, superseded_at)
        values ('moda-tr', 'adset', 's1', '2026-03-09', -1, ${spend}, 1, 1, '{}', ${learned}, ${superseded})`.execute(db)
    }
    await sql`insert into syncs (account, kind, since, until, started_at, finished_at)
      values ('moda-tr', 'days', '2026-03-01', '2026-03-09', 5, 6)`.execute(db)
    await db.destroy()
    const store = await openStore(file)
    const march = { account: 'moda-tr', level: 'adset', since: '2026-03-01', until: '2026-03-31', resolution: 'day' } as const
    expect(await insightsAsOf(store, { ...march, knownAt: 1 })).toMatchObject([{ spend: 100, campaignId: null }])
    expect(await insightsAsOf(store, march)).toMatchObject([{ entityId: 's1', spend: 200, hour: null }])
    expect(await coveredRanges(store, 'moda-tr', 'days')).toMatchObject([{ since: '2026-03-01', startedAt: 5, finishedAt: 6 }])
    const total = insightOf({ entityId: 'act_1' })
    await saveInsights(store, { ...march, level: 'account', rows: [total], learnedAt: 7 })
    expect(await insightsAsOf(store, { ...march, level: 'account' })).toMatchObject([{ entityId: 'act_1' }])
    await store.close()
  })

  test('refuses a store that a newer version wrote, and does not change it', async () => {
    const file = join(temporaryFolder(), 'tetik.db')
    const store = await openStore(file)
    await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030-01-01')`.execute(store.db)
    await store.close()
    await expect(openStore(file)).rejects.toMatchObject({ code: 'newer-store' })
  })

  test('waits for the disk at each commit, and for other writers', async () => {
    const { db } = await temporaryStore()
    const pragma = async (name: string) =>
      Object.values((await sql.raw(`pragma ${name}`).execute(db)).rows[0] as object)[0] as unknown
    expect(await pragma('journal_mode')).toBe('wal')
    expect(await pragma('synchronous')).toBe(2)
    expect(await pragma('foreign_keys')).toBe(1)
    expect(await pragma('busy_timeout')).toBe(5_000)
  })

  test('processes that start together on a new file migrate it once', async () => {
    const file = join(temporaryFolder(), 'tetik.db')
    const start = `
      import { openStore } from './store/base/store.ts'
      const store = await openStore(${JSON.stringify(file)})
      const rows = await store.db.selectFrom('counters').selectAll().execute()
      console.log(JSON.stringify(rows))
      await store.close()`
    const outputs = await Promise.all([1, 2, 3, 4].map(() => inProcess(start)))
    for (const { stdout } of outputs) {
      expect(JSON.parse(stdout)).toEqual([
        { name: 'change-order', value: 0 },
        { name: 'decision-changes', value: 0 },
      ])
    }
  })

  test('stores of one file in one process do not block each other', async () => {
    const file = join(temporaryFolder(), 'tetik.db')
    const [one, other] = await Promise.all([openStore(file), openStore(file)])
    const slow = inTransaction(one, async (store) => {
      await takeWebhookEvent(store, 'first', 1)
      await new Promise((resolve) => setTimeout(resolve, 20))
      await takeWebhookEvent(store, 'second', 1)
    })
    expect(await takeWebhookEvent(other, 'third', 1)).toBe(true)
    await slow
    await one.close()
    expect(await takeWebhookEvent(other, 'second', 1)).toBe(false)
    await other.close()
  })
})

describe('a transaction', () => {
  test('that fails leaves nothing behind', async () => {
    const store = await temporaryStore()
    await expect(
      inTransaction(store, async (transaction) => {
        await takeWebhookEvent(transaction, 'a', 1)
        await inTransaction(transaction, (inner) => takeWebhookEvent(inner, 'b', 1))
        throw new Error('broken')
      }),
    ).rejects.toThrow('broken')
    expect(await takeWebhookEvent(store, 'a', 2)).toBe(true)
    expect(await takeWebhookEvent(store, 'b', 2)).toBe(true)
  })

  test('of one process waits for that of another', async () => {
    const file = join(temporaryFolder(), 'tetik.db')
    await (await openStore(file)).close()
    const count = `
      import { openStore } from './store/base/store.ts'
      import { inTransaction } from './store/base/transaction.ts'
      const store = await openStore(${JSON.stringify(file)})
      for (let i = 0; i < 50; i++) await inTransaction(store, async ({ db }) => {
        const { value } = await db.selectFrom('counters').selectAll().executeTakeFirstOrThrow()
        await db.updateTable('counters').set({ value: value + 1 }).execute()
      })
      await store.close()`
    await Promise.all([1, 2, 3].map(() => inProcess(count)))
    const store = await openStore(file)
    expect(await store.db.selectFrom('counters').selectAll().executeTakeFirst()).toMatchObject({ value: 150 })
    await store.close()
  })
})

test('the data version changes with every write, ours and another process’s', async () => {
  const store = await temporaryStore()
  const first = store.dataVersion()
  expect(store.dataVersion()).toBe(first)
  await takeWebhookEvent(store, 'ours', 1)
  const second = store.dataVersion()
  expect(second).not.toBe(first)
  await inProcess(`
    import { openStore } from './store/base/store.ts'
    import { takeWebhookEvent } from './store/incoming/webhook-events.ts'
    const store = await openStore(${JSON.stringify(store.file)})
    await takeWebhookEvent(store, 'theirs', 1)
    await store.close()`)
  expect(store.dataVersion()).not.toBe(second)
})
