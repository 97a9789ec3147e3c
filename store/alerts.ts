/** Alerts: opened and resolved by what ticks find, seen, snoozed and resolved by people. */

import { randomUUID } from 'node:crypto'

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
  readonly at: number
}

/** An anomaly that a person resolved and that goes on is not told again, unless it was away for so long. */
const AWAY = 2 * 86_400_000

/**
 * Brings alerts in line with what was found, in one transaction: new ones open, those that hold are brought up to date, and
 * those that hold no longer resolve by themselves. The same round again changes nothing more.
 */
export function recordAlerts(
  store: Store,
  { account, found, undecided, at }: AlertRound,
): Promise<{ opened: Alert[]; resolved: number }> {
  return inTransaction(store, async ({ db }) => {
    const known = await db
      .selectFrom('alerts')
      .selectAll()
      .where('account', '=', account)
      .where('state', '!=', 'resolved')
      .execute()
    const byKey = new Map(known.map((alert) => [alert.anomaly_key, alert]))
    const opened: Alert[] = []
    for (const { day, ...anomaly } of found) {
      const current = byKey.get(anomaly.anomaly_key)
      byKey.delete(anomaly.anomaly_key)
      if (current !== undefined) {
        // An event keeps the name it began with, unless it comes to nothing.
        const kind = anomaly.kind === 'zero' ? 'zero' : current.kind
        const woken = current.state === 'snoozed' && (current.snoozed_until ?? 0) <= at
        await db
          .updateTable('alerts')
          .set({
            ...anomaly,
            kind,
            last_day: day,
            held_at: at,
            updated_at: at,
            ...(woken ? { state: 'open', snoozed_until: null } : {}),
          })
          .where('id', '=', current.id)
          .execute()
        continue
      }
      const dismissed = await db
        .updateTable('alerts')
        .set({ held_at: at })
        .where('account', '=', account)
        .where('anomaly_key', '=', anomaly.anomaly_key)
        .where('state', '=', 'resolved')
        .where('changed_by', 'is not', null)
        .where('held_at', '>', at - AWAY)
        .executeTakeFirst()
      if (dismissed.numUpdatedRows > 0n) continue
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
    const over = [...byKey.values()].filter(({ anomaly_key }) => !undecided.has(anomaly_key)).map(({ id }) => id)
    if (over.length > 0) {
      await db
        .updateTable('alerts')
        .set({ state: 'resolved', resolved_at: at, changed_by: null, snoozed_until: null, updated_at: at })
        .where('id', 'in', over)
        .execute()
    }
    return { opened, resolved: over.length }
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
