/** The hours of the account's day at which a rule can act. */

import { DAY, HOUR, MINUTE, minutesOf, offsetAt, offsetChanges } from '../../clock/zone.js'
import { cronMinutesOfDay } from '../../rule/cadence-cron.js'
import type { Cadence } from '../../rule/rule.js'
import type { Demand } from './guarantees.js'
import type { AccountReading, LinearFormula } from './rule-reading.js'

const MINUTES_OF_DAY = DAY / MINUTE
const YEAR = 366 * DAY

/** Returns the minutes of the day at which a rule runs, in its own time zone, ascending; none for a hook. */
export function minutesOfDay(cadence: Cadence): readonly number[] {
  switch (cadence.kind) {
    case 'every': {
      const step = Math.max(1, Math.round(cadence.interval / MINUTE))
      return Array.from({ length: Math.max(1, Math.floor(MINUTES_OF_DAY / step)) }, (_, index) => index * step)
    }
    case 'at':
      return [...new Set(cadence.times.map(minutesOf))].sort((one, other) => one - other)
    case 'cron':
      return [...new Set(cronMinutesOfDay(cadence.expression))].sort((one, other) => one - other)
    case 'hook':
      return []
  }
}

/** Whether a rule never acts before an hour of the account's day, because of its times or a condition on `hour`. */
export function isNeverBefore(hour: number, around: readonly Demand[], reading: AccountReading, now: number): boolean {
  const asksForHour = reading.someDemands(around, ({ sum: { constant, terms }, strict }) => {
    const coefficient = terms.get('hour')
    if (coefficient === undefined || coefficient <= 0 || terms.size !== 1) return false
    const least = -constant / coefficient
    return (strict ? Math.floor(least) + 1 : Math.ceil(least)) >= hour
  })
  return asksForHour || firstHour(reading, now) >= hour
}

/** Returns how often a rule can act on one entity in a day if all its conditions except those on `hour` are true all day. */
export function timesPerDay(around: readonly Demand[], reading: AccountReading): number {
  const { cadence, cooldown, limit } = reading.rule
  if (restsAfterEdits(around, reading)) return 1
  const isLeftOut = Array.from({ length: 24 }, (_, hour) => reading.someDemands(around, excludesHour(hour)))
  let [times, next] = [0, 0]
  for (const minute of minutesOfDay(cadence)) {
    // `at` and `cron` may use another time zone than `hour`, so none of their times is excluded.
    const isOut = cadence.kind === 'every' && isLeftOut[Math.floor(minute / 60)]
    if (isOut || minute * MINUTE < next) continue
    times += 1
    next = minute * MINUTE + cooldown
  }
  const most = cooldown > 0 ? Math.max(1, Math.floor(DAY / cooldown)) : times
  return Math.min(times, most, limit?.count ?? Infinity)
}

/** Whether the rule requires `last_edit` to be more than half a day, so that its own change keeps it from acting again. */
const restsAfterEdits = (around: readonly Demand[], reading: AccountReading): boolean =>
  reading.someDemands(around, ({ sum: { constant, terms } }) => {
    const coefficient = terms.get(`${reading.rule.scope}.last_edit`) ?? 0
    return coefficient > 0 && -constant / coefficient > DAY / 2
  })

const excludesHour =
  (hour: number) =>
  ({ sum: { constant, terms }, strict }: LinearFormula): boolean => {
    const coefficient = terms.get('hour')
    if (coefficient === undefined || terms.size !== 1) return false
    const value = constant + coefficient * hour
    return strict ? value <= 0 : value < 0
  }

function firstHour({ rule: { cadence }, account }: AccountReading, now: number): number {
  if (cadence.kind !== 'at' && cadence.kind !== 'cron') return cadence.kind === 'hook' ? Infinity : 0
  const away =
    cadence.timezone === null || account === null ? 0 : offsetAt(now, account.timezone) - offsetAt(now, cadence.timezone)
  const hours = minutesOfDay(cadence).map((minute) => ((((minute * MINUTE + away) % DAY) + DAY) % DAY) / HOUR)
  return Math.min(...hours)
}

/** Whether two time zones show different times, now or at any time within a year. */
export function areOtherClocks(one: string, other: string, now: number): boolean {
  if (one === other) return false
  const moments = [now, ...[one, other].flatMap((zone) => offsetChanges(zone, now, now + YEAR).map(({ at }) => at))]
  return moments.some((moment) => offsetAt(moment, one) !== offsetAt(moment, other))
}
