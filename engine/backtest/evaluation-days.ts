/** The days on which a rule is due. A backtest evaluates a day once, at its end, however often the rule would run within it. */

import { isoDay } from '../clock/day.js'
import { DAY, dayNumberAt, dayOf, MINUTE, startOfDay } from '../clock/zone.js'
import { dueMoment, nextDue } from '../rule/cadence.js'
import type { Rule } from '../rule/rule.js'

/** Returns the last minute of a day; null if the time zone skipped the day. */
export function endOfDay(dayNumber: number, zone: string): number | null {
  const end = startOfDay(isoDay(dayNumber + 1), zone) - MINUTE
  return dayNumberAt(end, zone) === dayNumber ? end : null
}

/**
 * Whether a rule is due on the day that ends with `at`: the day contains one of its times, or its `every` interval has passed since
 * `last`. A rule with `on:` never is, since events are not replayed.
 */
export function isDue({ cadence }: Pick<Rule, 'cadence'>, zone: string, at: number, last: number | null): boolean {
  switch (cadence.kind) {
    case 'hook':
      return false
    case 'every':
      return cadence.interval <= DAY || dueMoment(cadence, { zone, lastEvaluated: last, knownSince: 0, now: at }) !== null
    case 'at':
    case 'cron': {
      const [next] = nextDue(cadence, zone, startOfDay(dayOf(at, zone), zone) - 1, 1)
      return next !== undefined && next <= at
    }
  }
}
