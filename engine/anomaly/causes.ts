/** Which anomaly explains which: an ad set its campaign's, spend the results, results the cost of them. */

import type { FactEntity, Facts } from '../facts/facts.js'
import { type AccountAnomaly, type AlertMetric, anomalyKey } from './account-anomaly.js'

/** Share of what is above that an anomaly below has to make up to explain it. */
const EXPLAINS = 0.6
/** What is left without the largest goes along where its change is at least this share of the largest's. */
const GOES_ALONG = 0.5

/** Of one entity: what going one way makes the other go its way. */
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

/** The same anomalies, each with the one that explains it where there is one. Causes never go round in a circle. */
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
  // What goes through all that is below is explained by none of it.
  const under = isCommon(context, anomaly) ? null : below(context, anomaly)
  return under ?? sameEntity(anomaly, context.all) ?? (isCommon(context, anomaly) ? null : alike(context, anomaly))
}

/** The parent, if everything in it changed the same way: an unpaid bill, a more expensive auction. */
function above(context: Context, { entity, metric, direction }: AccountAnomaly): string | null {
  const { facts, all } = context
  const find = (one: FactEntity | null): AccountAnomaly | undefined =>
    one === null ? undefined : all.get(anomalyKey(one.scope, one.key, metric, direction))
  const campaign = entity.scope === 'adset' ? find(facts.owner(entity, 'campaign')) : undefined
  if (campaign !== undefined) return isCommon(context, campaign) || above(context, campaign) !== null ? keyOf(campaign) : null
  const account = entity.scope === 'account' ? undefined : find(facts.owner(entity, 'account'))
  return account !== undefined && isCommon(context, account) ? keyOf(account) : null
}

/** Whether more than one entity below is unusual, and what is left without the largest goes its way too. */
function isCommon({ facts, anomalies }: Context, whole: AccountAnomaly): boolean {
  const same = inside(facts, whole, anomalies)
  if (same.length < 2) return false
  const [first] = whole.contributions
  if (first === undefined || whole.value === null) return whole.metric !== 'spend' && whole.metric !== 'results'
  const rest = { value: whole.value - first.value, expected: whole.expected - first.expected }
  const change = ({ value, expected }: { value: number; expected: number }): number => (value - expected) / Math.max(expected, 1)
  return change(rest) / change(first) >= GOES_ALONG
}

/** Of an anomaly's kin one level below, those that are unusual themselves, the same way. */
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

/** An entity below that makes up most of the deviation, and is unusual itself. */
function below({ all }: Context, { metric, direction, contributions }: AccountAnomaly): string | null {
  const [first] = contributions
  if (first === undefined || first.share < EXPLAINS) return null
  const key = anomalyKey(first.scope, first.key, metric, direction)
  return all.has(key) ? key : null
}

/** Another metric of the same entity, further up the way from money to results. */
function sameEntity({ entity, metric, direction }: AccountAnomaly, keys: ReadonlyMap<string, unknown>): string | null {
  for (const { from, to } of FOLLOWS) {
    if (to[0] !== metric || to[1] !== direction) continue
    const key = anomalyKey(entity.scope, entity.key, ...from)
    if (keys.has(key)) return key
  }
  return null
}

/** A cost that rose above because it rose in the only entity below where it did. */
function alike({ facts, anomalies }: Context, anomaly: AccountAnomaly): string | null {
  if (anomaly.metric === 'spend' || anomaly.metric === 'results') return null
  const same = inside(facts, anomaly, anomalies)
  return same.length === 1 ? keyOf(same[0]!) : null
}

const keyOf = ({ entity, metric, direction }: AccountAnomaly): string => anomalyKey(entity.scope, entity.key, metric, direction)
