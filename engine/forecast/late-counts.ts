/** Counts that still come in: conversions are credited to the day of the click, and the last days' are not all there yet. */

import { type ArrivedShare, latenessOf } from '../anomaly/lateness.js'
import { dayNumberOf, isoDay } from '../clock/day.js'
import { HOUR, startOfDay } from '../clock/zone.js'
import type { Facts } from '../facts/facts.js'
import type { DailyHistory } from './daily-history.js'

/** Where less than this share is there, what there is says too little of what it will be. */
const LEAST_SHARE = 0.5
/** Shares are taken four times a day: a forecast that were another one every hour would rarely be there when it is asked for again. */
const STEP = 6 * HOUR

type Moment = Pick<Facts, 'at' | 'account'>

/** What a day's count will have become; null where nobody can say. */
function grownUp(value: number, day: number, measure: string, { at, account }: Moment, arrived?: ArrivedShare): number | null {
  const endedAt = startOfDay(isoDay(day + 1), account.timezone)
  const lateness = latenessOf(measure, Math.floor(Math.max(0, at - endedAt) / STEP) * STEP, arrived)
  if (lateness.kind === 'settled') return value
  return lateness.kind === 'share' && lateness.share >= LEAST_SHARE ? value / lateness.share : null
}

/** The history with the days that fill up still as what they will be, and not known where nobody can say. */
export function settled(history: DailyHistory, measure: string, moment: Moment, arrived?: ArrivedShare): DailyHistory {
  const first = dayNumberOf(history.since)
  const values = history.values.map((value, index) =>
    value === null ? null : grownUp(value, first + index, measure, moment, arrived),
  )
  return { ...history, values }
}

/** What is still to be counted of days that are over; nothing where nobody can say. */
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
    return sum + ((grownUp(value, day, measure, moment, arrived) ?? value) - value)
  }, 0)
}
