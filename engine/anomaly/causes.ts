/** Which anomaly explains which: an ad set its campaign's, spend the results, results the cost of them. */

import type { FactEntity, Facts } from '../facts/facts.js'
import { anomalyKey } from './account-anomaly.js'
import type { AccountAnomaly, AlertMetric } from './account-anomaly.js'

/** Share of what is above that an anomaly below has to make up to explain it. */
const EXPLAINS = 0.6

/** Of one entity: what going one way makes the other go its way. */
const FOLLOWS: readonly { readonly from: [AlertMetric, Way]; readonly to: [AlertMetric, Way] }[] = [
  { from: ['spend', 'down'], to: ['results', 'down'] },
  { from: ['spend', 'up'], to: ['results', 'up'] },
  { from: ['cpm', 'up'], to: ['cpc', 'up'] },
  { from: ['cpm', 'down'], to: ['cpc', 'down'] },
  { from: ['results', 'down'], to: ['cpa', 'up'] },
  { from: ['results', 'up'], to: ['cpa', 'down'] },
  { from: ['results', 'down'], to: ['roas', 'down'] },
  { from: ['results', 'up'], to: ['roas', 'up'] },
]
type Way = AccountAnomaly['direction']

/** The same anomalies, each with the one that explains it where there is one. Causes never go round in a circle. */
export function explain(facts: Facts, anomalies: readonly AccountAnomaly[]): AccountAnomaly[] {
  const keys = new Set(anomalies.map(keyOf))
  return anomalies.map((anomaly) => {
    const cause = below(anomaly, keys) ?? beside(anomaly, keys) ?? alike(facts, anomaly, anomalies)
    return { ...anomaly, cause }
  })
}

/** An entity below that makes up most of the deviation, and is unusual itself. */
function below({ metric, direction, contributions }: AccountAnomaly, keys: ReadonlySet<string>): string | null {
  const [first] = contributions
  if (first === undefined || first.share < EXPLAINS) return null
  const key = anomalyKey(first.scope, first.key, metric, direction)
  return keys.has(key) ? key : null
}

/** Another metric of the same entity, further up the way from money to results. */
function beside({ entity, metric, direction }: AccountAnomaly, keys: ReadonlySet<string>): string | null {
  for (const { from, to } of FOLLOWS) {
    if (to[0] !== metric || to[1] !== direction) continue
    const key = anomalyKey(entity.scope, entity.key, ...from)
    if (keys.has(key)) return key
  }
  return null
}

/** A cost that rose above because it rose in the only entity below where it did. */
function alike(facts: Facts, { entity, metric, direction }: AccountAnomaly, all: readonly AccountAnomaly[]): string | null {
  if (entity.scope === 'adset' || metric === 'spend' || metric === 'results') return null
  const scope = entity.scope === 'account' ? 'campaign' : 'adset'
  const inside = (one: FactEntity): boolean => scope === 'campaign' || facts.owner(one, 'campaign')?.key === entity.key
  const same = all.filter(
    (one) => one.entity.scope === scope && one.metric === metric && one.direction === direction && inside(one.entity),
  )
  return same.length === 1 ? keyOf(same[0]!) : null
}

const keyOf = ({ entity, metric, direction }: AccountAnomaly): string => anomalyKey(entity.scope, entity.key, metric, direction)
