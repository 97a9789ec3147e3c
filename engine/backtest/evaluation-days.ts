/** On which days a rule has its turn. A backtest judges a day at its end, however often the rule would look within it. */

import { isoDay } from '../clock/day.js'
import { DAY, dayNumberAt, dayOf, MINUTE, startOfDay } from '../clock/zone.js'
import { dueMoment, nextDue } from '../rule/cadence.js'
import type { Rule } from '../rule/rule.js'

/** The last minute of a day; null where the zone left the day out. */
export function endOfDay(dayNumber: number, zone: string): number | null {
  const end = startOfDay(isoDay(dayNumber + 1), zone) - MINUTE
  return dayNumberAt(end, zone) === dayNumber ? end : null
}

/**
 * Whether a rule has its turn on the day that ends with `at`: a time of day or of a cron expression lies within it, or its
 * `every` came round since `last`. A hook's rule never has one, for no event is played back.
 */
export function hasTurn({ cadence }: Pick<Rule, 'cadence'>, zone: string, at: number, last: number | null): boolean {
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
