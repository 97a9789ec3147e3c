/** The end of a rule's cooldown. */

import { DAY, MINUTE, offsetAt, sameTimeLater } from '../../clock/zone.js'
import { clockOf } from '../cadence.js'
import type { Rule } from '../rule.js'

export type RestingRule = Pick<Rule, 'cadence' | 'cooldown'>

/**
 * Returns the end of the cooldown that starts at `from`, in epoch milliseconds. A cooldown of whole days ends at the same time of
 * day in the rule's time zone, so that a daily rule does not skip the day on which summer time begins; any other is a fixed
 * duration.
 *
 * @param zone the account's time zone
 */
export function restEnd(rule: RestingRule, from: number, zone: string): number {
  const { cooldown } = rule
  if (cooldown === 0 || cooldown % DAY !== 0) return from + cooldown
  const clock = clockOf(rule, zone)
  return sameTimeLater(isMoved(rule, from, clock) ? from - MINUTE : from, cooldown / DAY, clock)
}

/**
 * Whether summer time may have moved this time to the end of the hour that it skips: tomorrow it occurs at its usual, earlier
 * time.
 */
function isMoved({ cadence }: RestingRule, from: number, clock: string): boolean {
  if (cadence.kind !== 'at' && cadence.kind !== 'cron') return false
  return offsetAt(from, clock) > offsetAt(from - MINUTE, clock)
}
