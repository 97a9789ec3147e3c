/** Reads days as exports and spreadsheets write them. The format is determined from the whole column. */

import { dayNumberOfDate, isDate, isoDay, parseDay } from '../clock/day.js'

export type DateOrder = 'day-first' | 'month-first'

// A day may be followed by a time, but not by a second day: `2026-03-01 - 2026-03-31` is not a day.
const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ]+\d{1,2}:\d{2}.*)?$/
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: +\d{1,2}:\d{2}.*)?$/
const SLASHED = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?: +\d{1,2}:\d{2}.*)?$/

/** Returns the order of day and month that a slashed date shows: `ambiguous` for `03/04/2026`, null if the cell shows nothing. */
export function orderOf(cell: string): DateOrder | 'ambiguous' | null {
  const match = SLASHED.exec(cell.trim())
  if (match === null) return null
  const [first, second] = [Number(match[1]), Number(match[2])]
  if (first > 12) return 'day-first'
  if (second > 12) return 'month-first'
  return first === second ? null : 'ambiguous'
}

/** Returns the ISO date of a cell; null if it is not a day. Dates with dots have the day first. */
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
