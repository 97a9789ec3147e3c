/** The installation's health, from what its processes have reported to the store. */

import { rulesOfAccount } from '../../activities/tick/rules-of-account.js'
import type { Settings } from '../../engine/account/account.js'
import { type HealthReport, healthReports } from '../../store/account/health.js'
import { isDamage, knownDamage } from '../../store/base/damage.js'
import type { Store } from '../../store/base/store.js'
import { loadedRules } from '../../store/rules/rules.js'
import { ALL_ACCOUNTS, standingStops } from '../../store/rules/stops.js'
import { watchOf } from '../temporal/schedules.js'

/** How often a worker reports, milliseconds. */
export const HEARTBEAT = 20_000
/** After this long without a report, the worker counts as frozen or gone. */
const SILENCE = 4 * HEARTBEAT
/** A tick takes time and may wait for the previous one; it counts as missed this long after its interval. */
const TICK_SLACK = 5 * 60_000

export interface HealthFault {
  readonly code: 'store-damaged' | 'worker-silent' | 'tick-missed' | 'rules-faulty' | 'rules-stopped'
  /** Null if it concerns all accounts. */
  readonly account: string | null
  /** Epoch milliseconds; null if it has never worked. */
  readonly since: number | null
  /** `store-damaged`: SQLite's message; `rules-faulty`: the first error; `rules-stopped`: who stopped them and why. */
  readonly detail: string | null
}

/** Returns all current faults, worst first. Stops are intended, and are listed because no rule acts while they last. */
export async function healthFaults(store: Store, settings: Settings, now: number): Promise<readonly HealthFault[]> {
  let others: readonly HealthFault[] = []
  let reported: HealthFault | null = null
  try {
    const reports = await healthReports(store)
    reported = damageOf(reports.get('store'))
    others = await otherFaults(store, settings, reports, now)
  } catch (error) {
    // The query ran into damage, which is now known; the other faults cannot be read.
    if (!isDamage(error)) throw error
  }
  const met = knownDamage(store)
  const damage = met === null ? reported : ({ code: 'store-damaged', account: null, since: met.at, detail: met.detail } as const)
  return damage === null ? others : [damage, ...others]
}

/** The damage that the worker reported; it clears the report at its next start. */
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
    // If the worker is silent, all ticks are missed for that reason alone.
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

/** Returns a fault for each account whose tick is overdue. */
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
    // An account's first tick starts at once; one without any was just added, or its schedule does not run.
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

/** Returns a fault as a sentence, for terminals and the API. */
export function faultInWords({ code, account, since, detail }: HealthFault): string {
  const ago = since === null ? 'ever' : `since ${new Date(since).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  switch (code) {
    case 'store-damaged':
      return `The store is damaged (first noticed ${ago.replace('since ', '')}): ${detail}. Stop tetik and restore a copy of the store; otherwise the history of decisions and changes is lost.`
    case 'worker-silent':
      return `The worker has not reported ${ago}: no rule is evaluated and nothing is carried out.`
    case 'tick-missed':
      return `${account} has had no tick ${ago}: its rules are not evaluated.`
    case 'rules-faulty':
      return `The rule files have errors ${ago}, and the rules loaded before stay active: ${detail}`
    case 'rules-stopped':
      return `The rules of ${account ?? 'all accounts'} have been stopped ${ago} (${detail}).`
  }
}
