/** Cron expressions as times on a wall clock. What a zone makes of those is cadence.ts's matter. */

import { CronExpressionParser } from 'cron-parser/dist/CronExpressionParser.js'

// Times are read as if the wall clock were UTC, which has no summer time, and the seed keeps the parser from drawing a
// random number: so it neither reads the clock nor knows a zone.
const read = (expression: string, from: number) =>
  CronExpressionParser.parse(expression, { currentDate: from, tz: 'UTC', hashSeed: 'tetik' })

/**
 * What is wrong with a cron expression, as a clause for people, or null. Five fields, with names, ranges, lists, steps,
 * `L` and `#`; no seconds, and no `H`, whose time nobody could read from the file.
 */
export function cronFault(expression: string): string | null {
  const fields = expression.trim().split(/\s+/)
  if (fields.length !== 5) {
    return `a cron expression has five fields (minute, hour, day of month, month, day of week), and this has ${fields.length}`
  }
  if (fields.some((field) => /(^|[,(])H/.test(field))) return '`H` stands for a random time, and is not known here'
  try {
    const iterator = read(expression, 0)
    return iterator.hasNext() ? null : 'this never comes'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/**
 * Wall-clock times after `from`, of an expression without a fault, as milliseconds of a clock that counts like UTC.
 * Ends where the expression never comes again.
 */
export function* cronWallTimes(expression: string, from: number): Generator<number, void> {
  const iterator = read(expression, from)
  while (iterator.hasNext()) yield iterator.next().getTime()
}

/** Every minute of a day at which the expression may come, whatever the day. */
export function cronMinutesOfDay(expression: string): number[] {
  const { hour, minute } = read(expression, 0).fields
  return hour.values.flatMap((hours) => minute.values.map((minutes) => hours * 60 + minutes))
}
