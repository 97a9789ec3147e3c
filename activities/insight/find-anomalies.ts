/** Finds what is unusual in the data of an account that was just synced, and opens and resolves its alerts. */

import { heartbeat } from '@temporalio/activity'

import type { Account } from '../../engine/account/account.js'
import { accountAnomalies } from '../../engine/anomaly/account-anomalies.js'
import { type AccountAnomaly, anomalyKey } from '../../engine/anomaly/account-anomaly.js'
import { addDays, dayOf, HOUR } from '../../engine/clock/zone.js'
import { type FoundAlert, recordAlerts } from '../../store/analysis/alerts.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { forget, isTimeFor } from '../base/throttle.js'
import { arrivedShares } from '../facts/arrival-shares.js'
import { loadFacts } from '../facts/load-facts.js'
import { COMPARED_DAYS } from '../facts/rule-needs.js'
import type { InsightActivities } from './contract.js'

export const findAnomalies =
  (dependencies: ActivityDependencies): InsightActivities['findAnomalies'] =>
  async ({ account: name }) => {
    const { store, now } = dependencies
    const account = accountOf(dependencies, name)
    const at = now()
    if (!isTimeFor(store, `anomalies ${name}`, LOOK_EVERY, at)) return { found: 0, opened: 0, resolved: 0, isSkipped: true }
    try {
      return await look(dependencies, account, at)
    } catch (error) {
      forget(store, `anomalies ${name}`)
      throw error
    }
  }

/** Often enough, because new hours arrive only once an hour, and each look examines the whole account. */
const LOOK_EVERY = HOUR / 4

async function look({ store, announce }: ActivityDependencies, account: Account, at: number) {
  const { name, timezone: zone } = account
  const hoursSince = addDays(dayOf(at, zone), -COMPARED_DAYS)
  const facts = (await loadFacts(store, account, { at, knownAt: at, level: 'adset', days: true, hoursSince }))(HOUR)
  const arrived = await arrivedShares(store, { account: name, zone, level: 'adset', result: facts.account.result, at })
  const search = accountAnomalies(facts, arrived)
  let step = search.next()
  while (!step.done) {
    // Other activities and their heartbeats get their turn between two entities.
    await new Promise((resolve) => setImmediate(resolve))
    heartbeat()
    step = search.next()
  }
  const { anomalies, ...undecided } = step.value
  const { opened, reported, resolved } = await recordAlerts(store, {
    account: name,
    found: anomalies.map(rowOf),
    ...undecided,
    at,
  })
  for (const { scope, entity_name, metric, direction, kind, cause } of reported) {
    // What another alert explains is not reported in addition.
    if (cause === null)
      announce(`${name}: ${kind}, ${metric} ${direction} (${scope === 'account' ? scope : `${scope} ${entity_name ?? ''}`})`)
  }
  return { found: anomalies.length, opened: opened.length, resolved, isSkipped: false }
}

const rowOf = ({
  entity,
  metric,
  direction,
  kind,
  cause,
  day,
  value,
  expected,
  lo,
  hi,
  score,
  contributions,
}: AccountAnomaly): FoundAlert => ({
  anomaly_key: anomalyKey(entity.scope, entity.key, metric, direction),
  scope: entity.scope as FoundAlert['scope'],
  entity_key: entity.key,
  entity_name: entity.name,
  metric,
  direction,
  kind,
  cause,
  day,
  value,
  expected,
  lo,
  hi,
  score,
  contributions_json: JSON.stringify(contributions),
})
