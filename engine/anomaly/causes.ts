/** Finds which anomaly explains which: an ad set's explains its campaign's, spend explains results, results explain cost. */

import type { FactEntity, Facts } from '../facts/facts.js'
import { type AccountAnomaly, type AlertMetric, anomalyKey } from './account-anomaly.js'

/** An anomaly explains that of the entity above if it makes up at least this share of its deviation. */
const EXPLAINS = 0.6
/** The rest, without the largest contributor, moves along if its relative change is at least this share of the largest's. */
const GOES_ALONG = 0.5

/** Causes among the metrics of one entity: if `from` moves in its direction, `to` follows in the given direction. */
const FOLLOWS: readonly { readonly from: [AlertMetric, Way]; readonly to: [AlertMetric, Way] }[] = [
  { from: ['spend', 'down'], to: ['results', 'down'] },
  { from: ['spend', 'up'], to: ['results', 'up'] },
  { from: ['cpm', 'up'], to: ['cpc', 'up'] },
  { from: ['cpm', 'down'], to: ['cpc', 'down'] },
  { from: ['ctr', 'down'], to: ['cpc', 'up'] },
  { from: ['ctr', 'up'], to: ['cpc', 'down'] },
  { from: ['results', 'down'], to: ['cpa', 'up'] },
  { from: ['results', 'up'], to: ['cpa', 'down'] },
  { from: ['results', 'down'], to: ['roas', 'down'] },
  { from: ['results', 'up'], to: ['roas', 'up'] },
]
type Way = AccountAnomaly['direction']

/** Returns the same anomalies, each with the key of the one that explains it, if any. Causes never form a cycle. */
export function explain(facts: Facts, anomalies: readonly AccountAnomaly[]): AccountAnomaly[] {
  const all = new Map(anomalies.map((anomaly) => [keyOf(anomaly), anomaly]))
  const context = { facts, anomalies, all }
  return anomalies.map((anomaly) => ({ ...anomaly, cause: causeOf(context, anomaly) }))
}

interface Context {
  readonly facts: Facts
  readonly anomalies: readonly AccountAnomaly[]
  readonly all: ReadonlyMap<string, AccountAnomaly>
}

function causeOf(context: Context, anomaly: AccountAnomaly): string | null {
  const over = above(context, anomaly)
  if (over !== null) return over
  // A change that most of the entities below share is not explained by one of them.
  const under = isCommon(context, anomaly) ? null : below(context, anomaly)
  return under ?? sameEntity(anomaly, context.all) ?? (isCommon(context, anomaly) ? null : alike(context, anomaly))
}

/** Returns the entity above, if most of what it contains changed the same way: an unpaid bill, a more expensive auction. */
function above(context: Context, { entity, metric, direction }: AccountAnomaly): string | null {
  const { facts, all } = context
  const find = (one: FactEntity | null): AccountAnomaly | undefined =>
    one === null ? undefined : all.get(anomalyKey(one.scope, one.key, metric, direction))
  const campaign = entity.scope === 'adset' ? find(facts.owner(entity, 'campaign')) : undefined
  if (campaign !== undefined) return isCommon(context, campaign) || above(context, campaign) !== null ? keyOf(campaign) : null
  const account = entity.scope === 'account' ? undefined : find(facts.owner(entity, 'account'))
  return account !== undefined && isCommon(context, account) ? keyOf(account) : null
}

/** Whether at least two entities below are unusual, and the rest without the largest contributor moves the same way. */
function isCommon({ facts, anomalies }: Context, whole: AccountAnomaly): boolean {
  const same = inside(facts, whole, anomalies)
  if (same.length < 2) return false
  const [first] = whole.contributions
  if (first === undefined || whole.value === null) return whole.metric !== 'spend' && whole.metric !== 'results'
  const rest = { value: whole.value - first.value, expected: whole.expected - first.expected }
  const change = ({ value, expected }: { value: number; expected: number }): number => (value - expected) / Math.max(expected, 1)
  return change(rest) / change(first) >= GOES_ALONG
}

/** Returns the anomalies one level below with the same metric and direction. */
function inside(facts: Facts, whole: AccountAnomaly, anomalies: readonly AccountAnomaly[]): AccountAnomaly[] {
  const { entity, metric, direction } = whole
  if (entity.scope === 'adset') return []
  const scope = entity.scope === 'account' ? 'campaign' : 'adset'
  return anomalies.filter(
    (one) =>
      one.entity.scope === scope &&
      one.metric === metric &&
      one.direction === direction &&
      (scope === 'campaign' || facts.owner(one.entity, 'campaign')?.key === entity.key),
  )
}

/** Returns the entity below that makes up most of the deviation, if it is unusual itself. */
function below({ all }: Context, { metric, direction, contributions }: AccountAnomaly): string | null {
  const [first] = contributions
  if (first === undefined || first.share < EXPLAINS) return null
  const key = anomalyKey(first.scope, first.key, metric, direction)
  return all.has(key) ? key : null
}

/** Returns another metric of the same entity that this one follows from, such as spend for results. */
function sameEntity({ entity, metric, direction }: AccountAnomaly, keys: ReadonlyMap<string, unknown>): string | null {
  for (const { from, to } of FOLLOWS) {
    if (to[0] !== metric || to[1] !== direction) continue
    const key = anomalyKey(entity.scope, entity.key, ...from)
    if (keys.has(key)) return key
  }
  return null
}

/** Returns the only entity below whose ratio changed the same way, if there is exactly one. */
function alike({ facts, anomalies }: Context, anomaly: AccountAnomaly): string | null {
  if (anomaly.metric === 'spend' || anomaly.metric === 'results') return null
  const same = inside(facts, anomaly, anomalies)
  return same.length === 1 ? keyOf(same[0]!) : null
}

const keyOf = ({ entity, metric, direction }: AccountAnomaly): string => anomalyKey(entity.scope, entity.key, metric, direction)
