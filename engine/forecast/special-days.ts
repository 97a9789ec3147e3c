/**
 * Days on which people buy and advertise differently, so that bands of usual days are too narrow: a country's holidays, and
 * the big sales days of the year. They are listed here because packages with the holidays of the world weigh tens of megabytes.
 */

import { dateOfDayNumber, weekdayOf } from '../clock/day.js'
import { DAY } from '../clock/zone.js'
import { FEASTS_OF_TURKEY } from './religious-holidays.js'

export const COUNTRIES = ['TR', 'INTERNATIONAL'] as const
export type Country = (typeof COUNTRIES)[number]

export const countryOf = (text: string): Country | null => COUNTRIES.find((country) => country === text.toUpperCase()) ?? null

/** Factor by which the bands of such days are wider. An estimate, not a measurement: few series contain many such days. */
const HOLIDAY = 1.4
const SALE = 1.8

/** @param position the day's local time in milliseconds, as if it were UTC */
export const wideningAt = (position: number, country: Country): number => wideningOf(Math.floor(position / DAY), country)

/** Returns the factor by which a day's band is wider; 1 for a usual day. */
export function wideningOf(dayNumber: number, country: Country): number {
  if (isSale(dayNumber)) return SALE
  return isHoliday(dayNumber, country) ? HOLIDAY : 1
}

/** From the Monday before Black Friday to Cyber Monday, and 11 November. */
function isSale(dayNumber: number): boolean {
  const { year, month, day } = dateOfDayNumber(dayNumber)
  if (month === 11 && day === 11) return true
  if (month < 11) return false
  const friday = blackFriday(year)
  return dayNumber >= friday - 4 && dayNumber <= friday + 3
}

/** The day after the fourth Thursday of November. */
function blackFriday(year: number): number {
  const first = Math.floor(Date.UTC(year, 10, 1) / DAY)
  const thursday = first + ((3 - weekdayOf(first) + 7) % 7) + 21
  return thursday + 1
}

/** Month and day: New Year's Day and Eve, Valentine's Day, Christmas. */
const INTERNATIONAL = ['01-01', '02-14', '12-24', '12-25', '12-31']
/** Law 2429 on national and general holidays: 23 April, 1 May, 19 May, 15 July, 30 August, 28 (half a day) and 29 October. */
const TURKISH = ['04-23', '05-01', '05-19', '07-15', '08-30', '10-28', '10-29']

function isHoliday(dayNumber: number, country: Country): boolean {
  const { month, day } = dateOfDayNumber(dayNumber)
  const key = `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  if (INTERNATIONAL.includes(key) || isMothersDay(dayNumber)) return true
  if (country !== 'TR') return false
  // Each religious holiday includes its eve.
  return TURKISH.includes(key) || FEASTS_OF_TURKEY.some(({ first, days }) => dayNumber >= first - 1 && dayNumber < first + days)
}

/** The second Sunday of May. */
function isMothersDay(dayNumber: number): boolean {
  const { month, day } = dateOfDayNumber(dayNumber)
  return month === 5 && weekdayOf(dayNumber) === 6 && day > 7 && day <= 14
}
