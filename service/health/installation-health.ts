/** Whether the installation does what its owners rely on, from what its parts reported to the store. */

import { rulesOfAccount } from '../../activities/tick/rules-of-account.js'
import type { Settings } from '../../engine/account/account.js'
import { type HealthReport, healthReports } from '../../store/account/health.js'
import { isDamage, knownDamage } from '../../store/base/damage.js'
import type { Store } from '../../store/base/store.js'
import { loadedRules } from '../../store/rules/rules.js'
import { ALL_ACCOUNTS, standingStops } from '../../store/rules/stops.js'
import { watchOf } from '../temporal/schedules.js'

/** A worker reports this often, milliseconds. */
export const HEARTBEAT = 20_000
/** One that was silent for this long is frozen or gone. */
const SILENCE = 4 * HEARTBEAT
/** A tick takes its time, and may wait for one before it: later than this after its interval it was missed. */
const TICK_SLACK = 5 * 60_000

export interface HealthFault {
  readonly code: 'store-damaged' | 'worker-silent' | 'tick-missed' | 'rules-faulty' | 'rules-stopped'
  /** Null where all accounts are concerned. */
  readonly account: string | null
  /** Since when, epoch milliseconds; null where it never was well. */
  readonly since: number | null
  /** Of `store-damaged` what SQLite says, of `rules-faulty` the first fault, of `rules-stopped` who stopped them and why. */
  readonly detail: string | null
}

/** All that is wrong now, the worst first. A stop is somebody's wish, and is listed because nothing acts while it lasts. */
export async function healthFaults(store: Store, settings: Settings, now: number): Promise<readonly HealthFault[]> {
  let others: readonly HealthFault[] = []
  let reported: HealthFault | null = null
  try {
    const reports = await healthReports(store)
    reported = damageOf(reports.get('store'))
    others = await otherFaults(store, settings, reports, now)
  } catch (error) {
    // Nothing more is known then, and what was met is noted.
    if (!isDamage(error)) throw error
  }
  const met = knownDamage(store)
  const damage = met === null ? reported : ({ code: 'store-damaged', account: null, since: met.at, detail: met.detail } as const)
  return damage === null ? others : [damage, ...others]
}

/** The worker's finding, which it takes back at its next start. */
const damageOf = (report: HealthReport | undefined): HealthFault | null =>
  report === undefined || report.fault === null
    ? null
    : { code: 'store-damaged', account: null, since: report.at, detail: report.fault }

async function otherFaults(
  store: Store,
  settings: Settings,
  reports: ReadonlyMap<string, HealthReport>,
  now: number,
): Promise<readonly HealthFault[]> {
  const worker = silentWorker(reports, now)
  const rules = reports.get('rules')
  return [
    ...(worker === null ? [] : [worker]),
    // Where the worker is silent, every tick is missed for that one reason.
    ...(worker === null ? await missedTicks(store, settings, reports, now) : []),
    ...(rules === undefined || rules.fault === null
      ? []
      : [{ code: 'rules-faulty', account: null, since: rules.at, detail: rules.fault } as const]),
    ...(await stops(store)),
  ]
}

function silentWorker(reports: ReadonlyMap<string, HealthReport>, now: number): HealthFault | null {
  const last = reports.get('worker')?.at ?? null
  if (last !== null && now - last <= SILENCE) return null
  return { code: 'worker-silent', account: null, since: last, detail: null }
}

/** @returns a fault for each account whose tick should have come and did not */
export async function missedTicks(
  store: Store,
  settings: Settings,
  reports: ReadonlyMap<string, HealthReport>,
  now: number,
): Promise<HealthFault[]> {
  const rules = (await loadedRules(store)).map(({ rule }) => rule)
  return settings.accounts.flatMap((account): HealthFault[] => {
    const { every } = watchOf(account, rulesOfAccount(rules, settings, account.name), now)
    const last = reports.get(`tick:${account.name}`)?.at ?? null
    // An account that never had a tick was added a moment ago, or its schedule does not run: its first comes at once.
    const since = last ?? reports.get('rules')?.at ?? now
    if (now - since <= every + TICK_SLACK) return []
    return [{ code: 'tick-missed', account: account.name, since: last, detail: null }]
  })
}

async function stops(store: Store): Promise<HealthFault[]> {
  return (await standingStops(store)).map(({ account, stopped_by: by, reason, since }) => ({
    code: 'rules-stopped',
    account: account === ALL_ACCOUNTS ? null : account,
    since,
    detail: `${by}: ${reason}`,
  }))
}

/** A fault in a sentence, for terminals and answers of the API. */
export function faultInWords({ code, account, since, detail }: HealthFault): string {
  const ago = since === null ? 'ever' : `since ${new Date(since).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  switch (code) {
    case 'store-damaged':
      return `The store is damaged, which was first met ${ago.replace('since ', '')}: ${detail}. Stop tetik and restore a copy of it, or what was decided and changed will not be known.`
    case 'worker-silent':
      return `The worker has not reported ${ago}: no rule is evaluated and nothing is carried out.`
    case 'tick-missed':
      return `${account} has had no tick ${ago}: its rules are not evaluated.`
    case 'rules-faulty':
      return `Not all rules could be loaded, and those of before stay active ${ago}: ${detail}`
    case 'rules-stopped':
      return `The rules of ${account ?? 'all accounts'} are stopped ${ago} (${detail}).`
  }
}
