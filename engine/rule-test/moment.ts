import { parseTime } from '../clock/written-time.js'
import { type Reading, refuse } from '../diagnostic/fault.js'

/** Years in which every day that a test reaches back to is one. */
const EARLIEST = Date.UTC(2000, 0, 1)
const LATEST = Date.UTC(2100, 0, 1)

/** A moment on the account's clock. */
export function parseMoment(text: string, timezone: string): Reading<number> {
  const instant = parseTime(text, timezone)
  if (instant === null) return refuse(text, 'bad-time', 'this is no moment', 'for example `2026-03-10 14:00`')
  if (instant >= EARLIEST && instant < LATEST) return { value: instant, faults: [] }
  return refuse(text, 'out-of-range', 'there are no ads at this time', 'for example `2026-03-10 14:00`')
}
