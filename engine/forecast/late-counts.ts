/** Late counts: conversions are credited to the day of the click, so the counts of the last days are not complete yet. */

import { type ArrivedShare, latenessOf } from '../anomaly/lateness.js'
import { dayNumberOf, isoDay } from '../clock/day.js'
import { HOUR, startOfDay } from '../clock/zone.js'
import type { Facts } from '../facts/facts.js'
import type { DailyHistory } from './daily-history.js'

/** If less than this share has arrived, the count so far says too little about the final count. */
const LEAST_SHARE = 0.5
/** The age is rounded down to six hours, so that the forecast task stays the same for a while and its result is found again. */
const STEP = 6 * HOUR

type Moment = Pick<Facts, 'at' | 'account'>

/** Returns the estimated final count of a day; null if it cannot be estimated. */
function finalCount(value: number, day: number, measure: string, { at, account }: Moment, arrived?: ArrivedShare): number | null {
  const endedAt = startOfDay(isoDay(day + 1), account.timezone)
  const lateness = latenessOf(measure, Math.floor(Math.max(0, at - endedAt) / STEP) * STEP, arrived)
  if (lateness.kind === 'settled') return value
  return lateness.kind === 'share' && lateness.share >= LEAST_SHARE ? value / lateness.share : null
}

/** Returns the history with incomplete days replaced by their estimated final count, or by null if there is no estimate. */
export function settled(history: DailyHistory, measure: string, moment: Moment, arrived?: ArrivedShare): DailyHistory {
  const first = dayNumberOf(history.since)
  const values = history.values.map((value, index) =>
    value === null ? null : finalCount(value, first + index, measure, moment, arrived),
  )
  return { ...history, values }
}

/** Returns how many counts are still to arrive for the days since `from`; days without an estimate add nothing. */
export function stillToCome(
  history: DailyHistory,
  from: string,
  measure: string,
  moment: Moment,
  arrived?: ArrivedShare,
): number {
  const first = dayNumberOf(history.since)
  return history.values.reduce<number>((sum, value, index) => {
    const day = first + index
    if (value === null || day < dayNumberOf(from)) return sum
    return sum + ((finalCount(value, day, measure, moment, arrived) ?? value) - value)
  }, 0)
}
