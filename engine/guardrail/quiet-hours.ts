/** The guardrail on messages: during a recipient's quiet hours messages are held, not dropped. */

import type { Recipient } from '../account/account.js'
import { minuteOfDay, minutesOf, nextTimeOfDay } from '../clock/zone.js'

/**
 * Returns until when a message is held: the end of the recipient's quiet hours if `now` is within them, otherwise null. Quiet
 * hours may pass midnight; if `from` and `to` are equal, there are none.
 *
 * @param zone the account's time zone
 */
export function heldUntil(quiet: Recipient['quiet'], now: number, zone: string): number | null {
  if (quiet === null) return null
  const [from, to, minute] = [minutesOf(quiet.from), minutesOf(quiet.to), minuteOfDay(now, zone)]
  const isQuiet = from < to ? minute >= from && minute < to : from > to && (minute >= from || minute < to)
  return isQuiet ? nextTimeOfDay(quiet.to, zone, now) : null
}
