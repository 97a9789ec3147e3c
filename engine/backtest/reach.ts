/** How far back rules look, so that no more data is read than necessary. */

import { windowRange } from '../metric/window.js'
import type { Rule } from '../rule/rule.js'
import { expressionsOfRule } from '../rule/steps/expressions.js'

/** Returns the earliest day that the rules need at a moment: today if they have no metrics, null if they need all days. */
export function firstDayAsked(rules: readonly Rule[], at: number, zone: string): string | null {
  const today = windowRange({ kind: 'preset', preset: 'today', offsetDays: 0 }, at, zone)
  let first = today.kind === 'days' ? today.days.since : null
  for (const rule of rules) {
    for (const expression of expressionsOfRule(rule)) {
      // Forecasts and anomalies are computed from the whole history.
      if (expression.kind === 'forecast' || expression.kind === 'expected' || expression.kind === 'anomaly') return null
      if (expression.kind !== 'metric') continue
      const range = windowRange(expression.window, at, zone)
      if (range.kind === 'maximum') return null
      if (range.kind === 'days' && first !== null && range.days.since < first) first = range.days.since
    }
  }
  return first
}
