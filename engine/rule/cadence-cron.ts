/** Cron expressions as wall-clock times. `cadence.ts` converts them to instants of a time zone. */

import { CronExpressionParser } from 'cron-parser/dist/CronExpressionParser.js'

// Times are read as if the wall clock were UTC, which has no summer time, and the seed keeps the parser from drawing a random
// number. So the parser neither reads the clock nor uses a time zone.
const read = (expression: string, from: number) =>
  CronExpressionParser.parse(expression, { currentDate: from, tz: 'UTC', hashSeed: 'tetik' })

/**
 * Returns what is wrong with a cron expression, as a clause for people, or null. It has five fields, with names, ranges, lists,
 * steps, `L` and `#`; no seconds, and no `H`, because nobody could read its time from the file.
 */
export function cronFault(expression: string): string | null {
  const fields = expression.trim().split(/\s+/)
  if (fields.length !== 5) {
    return `a cron expression has five fields (minute, hour, day of month, month, day of week), and this has ${fields.length}`
  }
  if (fields.some((field) => /(^|[,(])H/.test(field))) return '`H` means a random time, which is not supported'
  try {
    const iterator = read(expression, 0)
    return iterator.hasNext() ? null : 'this time never occurs'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/**
 * Yields the wall-clock times after `from` of a valid expression, in milliseconds as if the wall clock were UTC. Ends after the
 * last time, if there is one.
 */
export function* cronWallTimes(expression: string, from: number): Generator<number, void> {
  const iterator = read(expression, from)
  while (iterator.hasNext()) yield iterator.next().getTime()
}

/** Returns every minute of the day at which the expression may occur, on whichever day. */
export function cronMinutesOfDay(expression: string): number[] {
  const { hour, minute } = read(expression, 0).fields
  return hour.values.flatMap((hours) => minute.values.map((minutes) => hours * 60 + minutes))
}
