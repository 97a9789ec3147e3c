/** When a rule's rest ends. */

import { DAY, MINUTE, offsetAt, sameTimeLater } from '../../clock/zone.js'
import { clockOf } from '../cadence.js'
import type { Rule } from '../rule.js'

export type RestingRule = Pick<Rule, 'cadence' | 'cooldown'>

/**
 * The end of the cooldown of what was carried out at `from`. One of whole days ends at the same time of the rule's clock, so
 * that a daily rule does not leave out the day on which summer time begins; any other is so many hours.
 *
 * @param zone the account's
 */
export function restEnd(rule: RestingRule, from: number, zone: string): number {
  const { cooldown } = rule
  if (cooldown === 0 || cooldown % DAY !== 0) return from + cooldown
  const clock = clockOf(rule, zone)
  return sameTimeLater(isMoved(rule, from, clock) ? from - MINUTE : from, cooldown / DAY, clock)
}

/**
 * Whether the turn may be one that summer time moved to the end of its gap: tomorrow it comes at its own time again, which is
 * earlier.
 */
function isMoved({ cadence }: RestingRule, from: number, clock: string): boolean {
  if (cadence.kind !== 'at' && cadence.kind !== 'cron') return false
  return offsetAt(from, clock) > offsetAt(from - MINUTE, clock)
}
