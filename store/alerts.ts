/** Alerts: opened and resolved by what ticks find, seen, snoozed and resolved by people. */

import { randomUUID } from 'node:crypto'

import { keyOnDay } from '../engine/anomaly/account-anomaly.js'
import type { Store } from './store.js'
import type { NewRow, Row } from './tables.js'
import { inTransaction } from './transaction.js'

export type Alert = Row<'alerts'>
export type AlertState = Alert['state']

/** An anomaly as a tick found it. */
export type FoundAlert = Pick<
  NewRow<'alerts'>,
  | 'anomaly_key'
  | 'scope'
  | 'entity_key'
  | 'entity_name'
  | 'metric'
  | 'direction'
  | 'kind'
  | 'cause'
  | 'value'
  | 'expected'
  | 'lo'
  | 'hi'
  | 'score'
  | 'contributions_json'
> & { readonly day: string }

export interface AlertRound {
  readonly account: string
  readonly found: readonly FoundAlert[]
  /** Keys of which nothing could be said: their alerts stay as they are. */
  readonly undecided: ReadonlySet<string>
  /** The same of keys with a day: alerts last seen on it stay. */
  readonly undecidedDays?: ReadonlySet<string>
  readonly at: number
}

/** An anomaly that a person resolved and that goes on is not told again, unless it was away for so long. */
const AWAY = 2 * 86_400_000

export interface AlertsNow {
  readonly opened: Alert[]
  /** Those that somebody should hear of: new ones, those that came to nothing since, and those whose rest is over. */
  readonly told: Alert[]
  readonly resolved: number
}

/**
 * Brings alerts in line with what was found, in one transaction: new ones open, those that hold are brought up to date, and
 * those that hold no longer resolve by themselves. What comes back on a day that was told already is the same alert, and rests
 * as long as it was to rest. The same round again changes nothing more.
 */
export function recordAlerts(
  store: Store,
  { account, found, undecided, undecidedDays = new Set(), at }: AlertRound,
): Promise<AlertsNow> {
  return inTransaction(store, async ({ db }) => {
    const known = await db
      .selectFrom('alerts')
      .selectAll()
      .where('account', '=', account)
      .where('state', '!=', 'resolved')
      .execute()
    const byKey = new Map(known.map((alert) => [alert.anomaly_key, alert]))
    const [opened, told]: [Alert[], Alert[]] = [[], []]
    for (const { day, ...anomaly } of found) {
      const holding = byKey.get(anomaly.anomaly_key)
      byKey.delete(anomaly.anomaly_key)
      const latest =
        holding ??
        (await db
          .selectFrom('alerts')
          .selectAll()
          .where('account', '=', account)
          .where('anomaly_key', '=', anomaly.anomaly_key)
          .orderBy('resolved_at', 'desc')
          .limit(1)
          .executeTakeFirst())
      const isWorse = anomaly.kind === 'zero' && latest?.kind !== 'zero'
      if (latest !== undefined && holding === undefined && !isWorse && latest.changed_by !== null && latest.held_at > at - AWAY) {
        await db.updateTable('alerts').set({ held_at: at }).where('id', '=', latest.id).execute()
        continue
      }
      const isSame =
        latest !== undefined && latest.changed_by === null && (day <= latest.last_day || (latest.snoozed_until ?? 0) > at)
      if (latest !== undefined && (holding !== undefined || isSame)) {
        const isAsleep = !isWorse && (latest.snoozed_until ?? 0) > at
        const woken = latest.state === 'snoozed' && !isAsleep
        const reopened = holding === undefined || woken || isWorse
        const now = await db
          .updateTable('alerts')
          .set({
            ...anomaly,
            // An event keeps the name it began with, unless it comes to nothing.
            kind: isWorse ? 'zero' : latest.kind,
            last_day: day > latest.last_day ? day : latest.last_day,
            held_at: at,
            updated_at: at,
            ...(reopened ? { state: isAsleep ? ('snoozed' as const) : ('open' as const), resolved_at: null } : {}),
            ...(isAsleep ? {} : { snoozed_until: null }),
          })
          .where('id', '=', latest.id)
          .returningAll()
          .executeTakeFirstOrThrow()
        if (isWorse || woken) told.push(now)
        continue
      }
      const row: NewRow<'alerts'> = {
        ...anomaly,
        id: randomUUID(),
        account,
        state: 'open',
        snoozed_until: null,
        first_day: day,
        last_day: day,
        opened_at: at,
        held_at: at,
        resolved_at: null,
        changed_by: null,
        updated_at: at,
      }
      opened.push(await db.insertInto('alerts').values(row).returningAll().executeTakeFirstOrThrow())
    }
    const isUndecided = ({ anomaly_key: key, last_day: day }: Alert): boolean =>
      undecided.has(key) || undecidedDays.has(keyOnDay(key, day))
    const over = [...byKey.values()].filter((alert) => !isUndecided(alert)).map(({ id }) => id)
    if (over.length > 0) {
      // A rest that somebody asked for lasts, should it come back before.
      await db
        .updateTable('alerts')
        .set({ state: 'resolved', resolved_at: at, changed_by: null, updated_at: at })
        .where('id', 'in', over)
        .execute()
    }
    return { opened, told: [...opened, ...told], resolved: over.length }
  })
}

export interface AlertChange {
  readonly state: AlertState
  readonly snoozedUntil?: number
  readonly by: string
  readonly at: number
}

/** @returns the alert as it stands now; undefined where there is none. A resolved one stays resolved. */
export function changeAlert(store: Store, id: string, { state, snoozedUntil, by, at }: AlertChange): Promise<Alert | undefined> {
  return inTransaction(store, async (transaction) => {
    await transaction.db
      .updateTable('alerts')
      .set({
        state,
        snoozed_until: snoozedUntil ?? null,
        resolved_at: state === 'resolved' ? at : null,
        changed_by: by,
        updated_at: at,
      })
      .where('id', '=', id)
      .where('state', '!=', 'resolved')
      .execute()
    return await findAlert(transaction, id)
  })
}

export const findAlert = (store: Store, id: string): Promise<Alert | undefined> =>
  store.db.selectFrom('alerts').selectAll().where('id', '=', id).executeTakeFirst()

/** The alert of an anomaly that explains another: the unresolved one, else the latest. */
export const alertOfKey = (store: Store, account: string, key: string): Promise<Alert | undefined> =>
  store.db
    .selectFrom('alerts')
    .selectAll()
    .where('account', '=', account)
    .where('anomaly_key', '=', key)
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst()

export interface AlertQuestion {
  readonly account?: string
  readonly state?: AlertState
  readonly metric?: string
  readonly limit: number
  /** Only what comes after this one. */
  readonly after?: { readonly at: number; readonly id: string }
}

/** The latest first. */
export const listAlerts = (store: Store, { account, state, metric, limit, after }: AlertQuestion): Promise<Alert[]> =>
  store.db
    .selectFrom('alerts')
    .selectAll()
    .$if(account !== undefined, (query) => query.where('account', '=', account!))
    .$if(state !== undefined, (query) => query.where('state', '=', state!))
    .$if(metric !== undefined, (query) => query.where('metric', '=', metric!))
    .$if(after !== undefined, (query) =>
      query.where((row) => row(row.refTuple('opened_at', 'id'), '<', row.tuple(after!.at, after!.id))),
    )
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
