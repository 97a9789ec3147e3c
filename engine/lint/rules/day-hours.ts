/** At which hours of the account's day a rule can act. */

import { DAY, HOUR, MINUTE, minutesOf, offsetAt, offsetChanges } from '../../clock/zone.js'
import { cronMinutesOfDay } from '../../rule/cadence-cron.js'
import type { Cadence } from '../../rule/rule.js'
import type { Demand } from './guarantees.js'
import type { AccountReading, LinearFormula } from './rule-reading.js'

const MINUTES_OF_DAY = DAY / MINUTE
const YEAR = 366 * DAY

/** The minutes of its own clock's day at which a rule runs, in their order; none for an event from outside. */
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

/** Whether a rule never acts before an hour of the account's day: by its times, or by what it asks of `hour`. */
export function isNeverBefore(hour: number, around: readonly Demand[], reading: AccountReading, now: number): boolean {
  const asksForHour = reading.someDemands(around, ({ sum: { constant, terms }, strict }) => {
    const coefficient = terms.get('hour')
    if (coefficient === undefined || coefficient <= 0 || terms.size !== 1) return false
    const least = -constant / coefficient
    return (strict ? Math.floor(least) + 1 : Math.ceil(least)) >= hour
  })
  return asksForHour || firstHour(reading, now) >= hour
}

/** How often a rule can act on one entity in a day, where all but its hours is true all day. */
export function timesPerDay(around: readonly Demand[], reading: AccountReading): number {
  const { cadence, cooldown, limit } = reading.rule
  if (restsAfterEdits(around, reading)) return 1
  const isLeftOut = Array.from({ length: 24 }, (_, hour) => reading.someDemands(around, isNot(hour)))
  let [times, next] = [0, 0]
  for (const minute of minutesOfDay(cadence)) {
    // In another clock the hours are others: all of them count.
    const isOut = cadence.kind === 'every' && isLeftOut[Math.floor(minute / 60)]
    if (isOut || minute * MINUTE < next) continue
    times += 1
    next = minute * MINUTE + cooldown
  }
  const most = cooldown > 0 ? Math.max(1, Math.floor(DAY / cooldown)) : times
  return Math.min(times, most, limit?.count ?? Infinity)
}

/** Each change makes `last_edit` small again. */
const restsAfterEdits = (around: readonly Demand[], reading: AccountReading): boolean =>
  reading.someDemands(around, ({ sum: { constant, terms } }) => {
    const coefficient = terms.get(`${reading.rule.scope}.last_edit`) ?? 0
    return coefficient > 0 && -constant / coefficient > DAY / 2
  })

const isNot =
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

/** Whether two zones ever show different times, now or within a year. */
export function areOtherClocks(one: string, other: string, now: number): boolean {
  if (one === other) return false
  const moments = [now, ...[one, other].flatMap((zone) => offsetChanges(zone, now, now + YEAR).map(({ at }) => at))]
  return moments.some((moment) => offsetAt(moment, one) !== offsetAt(moment, other))
}
