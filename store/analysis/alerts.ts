/** Alerts: ticks open and resolve them; people see, snooze and resolve them. */

import { randomUUID } from 'node:crypto'

import { keyOnDay } from '../../engine/anomaly/account-anomaly.js'
import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { NewRow, Row } from '../tables/tables.js'

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
  /** Keys that could not be decided: their alerts stay as they are. */
  readonly undecided: ReadonlySet<string>
  /** Keys that could not be decided for a certain day: alerts last seen on that day stay as they are. */
  readonly undecidedDays?: ReadonlySet<string>
  readonly at: number
}

/** An anomaly that a person resolved and that continues is not reported again, unless it was absent for this long. Milliseconds. */
const AWAY = 2 * 86_400_000

export interface AlertsNow {
  readonly opened: Alert[]
  /** Those to notify somebody of: new ones, those whose value has fallen to zero since, and those whose snooze is over. */
  readonly reported: Alert[]
  readonly resolved: number
}

/**
 * Updates alerts to the anomalies that were found, in one transaction: new alerts open, lasting ones are updated, and those whose
 * anomaly is over resolve by themselves. An anomaly that returns on a day that was already reported continues the same alert, which
 * stays snoozed as long as somebody set. Repeating a round changes nothing.
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
    const [opened, reported]: [Alert[], Alert[]] = [[], []]
    for (const anomaly of found) {
      const key = anomaly.anomaly_key
      const latest = byKey.get(key) ?? (await lastResolved(db, account, key))
      byKey.delete(key)
      const course = courseOf(latest, anomaly, at)
      if (course.kind === 'begins') {
        opened.push(
          await db
            .insertInto('alerts')
            .values(opening(account, anomaly, at))
            .returningAll()
            .executeTakeFirstOrThrow(),
        )
        continue
      }
      const { id } = course.alert
      const now = await db.updateTable('alerts').set(course.change).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
      if (course.isReported) reported.push(now)
    }
    const isUndecided = ({ anomaly_key: key, last_day: day }: Alert): boolean =>
      undecided.has(key) || undecidedDays.has(keyOnDay(key, day))
    const over = [...byKey.values()].filter((alert) => !isUndecided(alert)).map(({ id }) => id)
    if (over.length > 0) {
      // `snoozed_until` stays: if the anomaly returns earlier, the alert is still snoozed.
      await db
        .updateTable('alerts')
        .set({ state: 'resolved', resolved_at: at, changed_by: null, updated_at: at })
        .where('id', 'in', over)
        .execute()
    }
    return { opened, reported: [...opened, ...reported], resolved: over.length }
  })
}

type Course =
  | { readonly kind: 'begins' }
  | { readonly kind: 'goes-on'; readonly alert: Alert; readonly change: Partial<NewRow<'alerts'>>; readonly isReported: boolean }

/** Decides whether an anomaly begins a new alert or continues the last one of its key, and whether that is reported again. */
function courseOf(alert: Alert | undefined, { day, ...anomaly }: FoundAlert, at: number): Course {
  if (alert === undefined) return { kind: 'begins' }
  const isWorse = anomaly.kind === 'zero' && alert.kind !== 'zero'
  const isToRest = (alert.snoozed_until ?? 0) > at
  if (alert.state === 'resolved') {
    const byPerson = alert.changed_by !== null
    const isSettled = byPerson && !isWorse && alert.held_at > at - AWAY
    if (isSettled) return { kind: 'goes-on', alert, change: { held_at: at }, isReported: false }
    if (byPerson || (day > alert.last_day && !isToRest)) return { kind: 'begins' }
  }
  const isAsleep = isToRest && !isWorse
  const isWoken = alert.state === 'snoozed' && !isAsleep
  const reopens = alert.state === 'resolved' || isWoken || isWorse
  const change = {
    ...anomaly,
    // An alert keeps its first kind, unless the value falls to zero.
    kind: isWorse ? ('zero' as const) : alert.kind,
    last_day: day > alert.last_day ? day : alert.last_day,
    held_at: at,
    updated_at: at,
    ...(reopens ? { state: isAsleep ? ('snoozed' as const) : ('open' as const), resolved_at: null } : {}),
    ...(isAsleep ? {} : { snoozed_until: null }),
  }
  return { kind: 'goes-on', alert, change, isReported: isWorse || isWoken }
}

const opening = (account: string, { day, ...anomaly }: FoundAlert, at: number): NewRow<'alerts'> => ({
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
})

const lastResolved = (db: Store['db'], account: string, key: string): Promise<Alert | undefined> =>
  db
    .selectFrom('alerts')
    .selectAll()
    .where('account', '=', account)
    .where('anomaly_key', '=', key)
    .orderBy('resolved_at', 'desc')
    .limit(1)
    .executeTakeFirst()

export interface AlertChange {
  readonly state: AlertState
  readonly snoozedUntil?: number
  readonly by: string
  readonly at: number
}

/** Changes an alert's state. Returns the current alert; undefined if it does not exist. A resolved one stays resolved. */
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

/** Returns the latest alert of an anomaly's key. */
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
  /** For the next page: only alerts after this one. */
  readonly after?: { readonly at: number; readonly id: string }
}

/** Returns one page of alerts, latest first. */
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
