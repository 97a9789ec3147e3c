/** Brings the tables up to date, only once even if several processes start at the same time. */

import { type Kysely, type Migration, Migrator, sql } from 'kysely'

import { firstTables } from '../migrations/0001-first-tables.js'
import { ruleEvaluations } from '../migrations/0002-rule-evaluations.js'
import { steps } from '../migrations/0003-steps.js'
import { alertsAndSuggestions } from '../migrations/0004-alerts-and-suggestions.js'
import { forecasts } from '../migrations/0005-forecasts.js'
import { sentSteps } from '../migrations/0006-sent-steps.js'
import { launches } from '../migrations/0007-launches.js'
import { carryOutRuns } from '../migrations/0008-carry-out-runs.js'
import { parentsOfInsights } from '../migrations/0009-parents-of-insights.js'
import { reachAndCalls } from '../migrations/0011-reach-and-calls.js'
import { metaReadings } from '../migrations/0012-meta-readings.js'
import { whatsAppSenders } from '../migrations/0013-whatsapp-senders.js'
import { orderOfChanges } from '../migrations/0014-order-of-changes.js'
import { installation } from '../migrations/0015-installation.js'
import { eventsByAccount } from '../migrations/0016-events-by-account.js'
import { health } from '../migrations/0017-health.js'
import { observedStates } from '../migrations/0018-observed-states.js'
import { lastSending } from '../migrations/0019-last-sending.js'
import { editsBeforeSending } from '../migrations/0020-edits-before-sending.js'
import { warningsOfRequests } from '../migrations/0021-warnings-of-requests.js'
import { actedStates } from '../migrations/0022-acted-states.js'
import type { Tables } from '../tables/tables.js'
import { StoreError } from './error.js'

/** In order. A released migration never changes. They are imported as code, so that a built tetik contains them. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
  '0002-rule-evaluations': ruleEvaluations,
  '0003-steps': steps,
  '0004-alerts-and-suggestions': alertsAndSuggestions,
  '0005-forecasts': forecasts,
  '0006-sent-steps': sentSteps,
  '0007-launches': launches,
  '0008-carry-out-runs': carryOutRuns,
  '0009-parents-of-insights': parentsOfInsights,
  '0011-reach-and-calls': reachAndCalls,
  '0012-meta-readings': metaReadings,
  '0013-whatsapp-senders': whatsAppSenders,
  '0014-order-of-changes': orderOfChanges,
  '0015-installation': installation,
  '0016-events-by-account': eventsByAccount,
  '0017-health': health,
  '0018-observed-states': observedStates,
  '0019-last-sending': lastSending,
  '0020-edits-before-sending': editsBeforeSending,
  '0021-warnings-of-requests': warningsOfRequests,
  '0022-acted-states': actedStates,
}

/** @throws StoreError `newer-store` if the file contains a migration that this version does not have, or `failed-migration` */
export async function migrate(
  db: Kysely<Tables>,
  file: string,
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
): Promise<void> {
  await db.connection().execute(async (connection) => {
    if (await isUpToDate(connection, migrations, file)) return
    // Kysely does not lock SQLite. This lock also makes a migration happen completely or not at all.
    await sql`begin immediate`.execute(connection)
    try {
      const migrator = new Migrator({ db: connection, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } })
      await isUpToDate(connection, migrations, file)
      const { error } = await migrator.migrateToLatest()
      if (error !== undefined) throw migrationError(error, file)
      await sql`commit`.execute(connection)
    } catch (error) {
      await sql`rollback`.execute(connection)
      throw error
    }
  })
}

async function isUpToDate(db: Kysely<Tables>, migrations: Readonly<Record<string, Migration>>, file: string): Promise<boolean> {
  const { rows: tables } = await sql<{ name: string }>`select name from sqlite_master where name = 'kysely_migration'`.execute(db)
  if (tables.length === 0) return false
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  const unknown = rows.find((row) => !(row.name in migrations))
  if (unknown !== undefined) {
    throw new StoreError(
      'newer-store',
      `${file} was written by a newer version of tetik (it has "${unknown.name}"). Install that version, or set DATABASE_URL to another file.`,
    )
  }
  return rows.length === Object.keys(migrations).length
}

function migrationError(error: unknown, file: string): StoreError {
  const reason = error instanceof Error ? error.message : 'unknown reason'
  return new StoreError('failed-migration', `The tables of ${file} could not be brought up to date: ${reason}`, { cause: error })
}
