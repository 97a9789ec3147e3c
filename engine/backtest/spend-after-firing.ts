/** Spend and results after firings: the actual numbers, not what they would have been if the rule had acted. */

import { dayNumberOf, isoDay } from '../clock/day.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import type { Value } from '../value/value.js'

export interface After {
  /** Minor units; null if it is unknown for some entity. */
  readonly spend: number | null
  readonly results: number | null
}

/**
 * Returns the spend and results of the entities from the day after their first firing to `to`, inclusive. Each day counts once,
 * however often the rule fired.
 *
 * @param firstFirings the day of each entity's first firing
 * @param facts as of the end
 */
export function after(facts: Facts, firstFirings: ReadonlyMap<FactEntity, string>, to: string): After {
  let spend: number | null = 0
  let results: number | null = 0
  for (const [entity, fired] of firstFirings) {
    if (fired >= to) continue
    const days = { since: isoDay(dayNumberOf(fired) + 1), until: to }
    spend = plus(spend, facts.total(entity, 'spend', days))
    results = plus(results, facts.total(entity, 'results', days))
  }
  return { spend, results }
}

const plus = (sum: number | null, value: Value): number | null => (sum === null || typeof value !== 'number' ? null : sum + value)
