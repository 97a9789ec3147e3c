/**
 * Days without a clock or a time zone: ISO dates (`2026-03-10`) and day numbers, which count from 1970-01-01 so that
 * arithmetic on days is arithmetic on integers.
 */

const MILLISECONDS_PER_DAY = 86_400_000
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/

export interface CalendarDate {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  /** 1 to 31. */
  readonly day: number
}

/** Returns the day number of a date that was checked before; `dayNumberOf` checks. */
export const dayNumberOfDate = ({ year, month, day }: CalendarDate): number =>
  Math.floor(Date.UTC(year, month - 1, day) / MILLISECONDS_PER_DAY)

export function dateOfDayNumber(dayNumber: number): CalendarDate {
  const date = new Date(dayNumber * MILLISECONDS_PER_DAY)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** Returns whether the three numbers are a day that exists, in a year of four digits. */
export function isDate({ year, month, day }: CalendarDate): boolean {
  return year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

// The same few hundred days are asked for again and again; the bound only guards against a caller that never repeats itself.
const isoDays = new Map<number, string>()
const dayNumbers = new Map<string, number | null>()
const REMEMBERED_DAYS = 20_000

/** ISO date of a day number. */
export function isoDay(dayNumber: number): string {
  const remembered = isoDays.get(dayNumber)
  if (remembered !== undefined) return remembered
  const day = new Date(dayNumber * MILLISECONDS_PER_DAY).toISOString().slice(0, 10)
  if (isoDays.size >= REMEMBERED_DAYS) isoDays.clear()
  isoDays.set(dayNumber, day)
  return day
}

/** Day number of an ISO date, or null if the text is not a date (2026-02-30). */
export function parseDay(text: string): number | null {
  const remembered = dayNumbers.get(text)
  if (remembered !== undefined) return remembered
  const match = ISO_DATE.exec(text)
  const date = match && { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
  const dayNumber = date && isDate(date) ? dayNumberOfDate(date) : null
  if (dayNumbers.size >= REMEMBERED_DAYS) dayNumbers.clear()
  dayNumbers.set(text, dayNumber)
  return dayNumber
}

/**
 * Day number of an ISO date.
 *
 * @throws RangeError if the text is not a date, which is a bug: text from people goes through `parseDay`.
 */
export function dayNumberOf(isoDate: string): number {
  const dayNumber = parseDay(isoDate)
  if (dayNumber === null) throw new RangeError(`not an ISO date: ${isoDate}`)
  return dayNumber
}

/** 0 is Monday, 6 is Sunday. 1970-01-01 was a Thursday. */
export const weekdayOf = (dayNumber: number): number => (((dayNumber + 3) % 7) + 7) % 7

/** Returns the first day of the month that is `months` after the day's own month. */
export function startOfMonth(dayNumber: number, months = 0): number {
  const { year, month } = dateOfDayNumber(dayNumber)
  return Math.floor(Date.UTC(year, month - 1 + months, 1) / MILLISECONDS_PER_DAY)
}
