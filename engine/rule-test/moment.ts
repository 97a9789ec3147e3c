import { parseTime } from '../clock/written-time.js'
import { type Reading, refuse } from '../diagnostic/fault.js'

/** Limits that leave room for all days that a test can look back to. */
const EARLIEST = Date.UTC(2000, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)

/** Reads a time in the account's time zone. */
export function parseMoment(text: string, timezone: string): Reading<number> {
  const instant = parseTime(text, timezone)
  if (instant === null) return refuse(text, 'bad-time', 'this is not a time', 'for example `2026-03-10 14:00`')
  if (instant >= EARLIEST && instant < LATEST) return { value: instant, faults: [] }
  return refuse(text, 'out-of-range', 'the time must be between 2000 and 2099', 'for example `2026-03-10 14:00`')
}
