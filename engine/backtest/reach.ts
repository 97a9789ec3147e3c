/** How far back rules look, so that no more is read than that. */

import { windowRange } from '../metric/window.js'
import type { Rule } from '../rule/rule.js'
import { expressionsOfRule } from '../rule/steps/expressions.js'

/** The first day that a rule asks about at a moment; null where it asks about all there are. Without any metric it is today's. */
export function firstDayAsked(rules: readonly Rule[], at: number, zone: string): string | null {
  const today = windowRange({ kind: 'preset', preset: 'today', offsetDays: 0 }, at, zone)
  let first = today.kind === 'days' ? today.days.since : null
  for (const rule of rules) {
    for (const expression of expressionsOfRule(rule)) {
      // What is usual, and what is to come, is judged by everything that was.
      if (expression.kind === 'forecast' || expression.kind === 'expected' || expression.kind === 'anomaly') return null
      if (expression.kind !== 'metric') continue
      const range = windowRange(expression.window, at, zone)
      if (range.kind === 'maximum') return null
      if (range.kind === 'days' && first !== null && range.days.since < first) first = range.days.since
    }
  }
  return first
}
