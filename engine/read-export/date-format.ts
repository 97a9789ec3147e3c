/** Days as exports and spreadsheets write them; the whole column decides on the format. */

import { dayNumberOfDate, isDate, isoDay, parseDay } from '../clock/day.js'

export type DateOrder = 'day-first' | 'month-first'

// Behind a day there may be a time, and no second day: `2026-03-01 - 2026-03-31` is no day.
const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ]+\d{1,2}:\d{2}.*)?$/
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: +\d{1,2}:\d{2}.*)?$/
const SLASHED = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?: +\d{1,2}:\d{2}.*)?$/

/** What a cell says of the order in slashed dates; null where it says nothing, `ambiguous` for `03/04/2026`. */
export function orderOf(cell: string): DateOrder | 'ambiguous' | null {
  const match = SLASHED.exec(cell.trim())
  if (match === null) return null
  const [first, second] = [Number(match[1]), Number(match[2])]
  if (first > 12) return 'day-first'
  if (second > 12) return 'month-first'
  return first === second ? null : 'ambiguous'
}

/** ISO date of a cell, or null where it is no day. Dots are written day first. */
export function readDate(cell: string, order: DateOrder): string | null {
  const text = cell.trim()
  const iso = ISO.exec(text)
  if (iso !== null) return parseDay(iso[1]!) === null ? null : iso[1]!
  const match = DOTTED.exec(text) ?? SLASHED.exec(text)
  if (match === null) return null
  const [first, second, year] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const dayFirst = order === 'day-first' || DOTTED.test(text)
  const date = dayFirst ? { year, month: second, day: first } : { year, month: first, day: second }
  return isDate(date) ? isoDay(dayNumberOfDate(date)) : null
}
