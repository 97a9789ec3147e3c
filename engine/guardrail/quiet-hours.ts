/** The guardrail on messages: in a recipient's quiet hours they are held, not lost. */

import type { Recipient } from '../account/account.js'
import { minuteOfDay, minutesOf, nextTimeOfDay } from '../clock/zone.js'

/**
 * Until when a message is held: the end of the recipient's quiet hours where `now` lies in them, else null. They may go over
 * midnight; from and to being the same means none.
 *
 * @param zone the account's
 */
export function heldUntil(quiet: Recipient['quiet'], now: number, zone: string): number | null {
  if (quiet === null) return null
  const [from, to, minute] = [minutesOf(quiet.from), minutesOf(quiet.to), minuteOfDay(now, zone)]
  const isQuiet = from < to ? minute >= from && minute < to : from > to && (minute >= from || minute < to)
  return isQuiet ? nextTimeOfDay(quiet.to, zone, now) : null
}
