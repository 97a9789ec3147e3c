/** Formats days with Intl: `10 Mart 2026 Salı`, `Tuesday, March 10, 2026`. A day is a calendar date, without a time zone. */

import { dayNumberOf } from '../clock/day.js'
import { DAY } from '../clock/zone.js'
import type { Language } from '../text/value-text.js'
import type { DayRange } from '../value/ranges.js'

const LOCALES: Readonly<Record<Language, string>> = { tr: 'tr-TR', en: 'en-US' }

const format = (day: string, language: Language, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' }).format(dayNumberOf(day) * DAY)

/** `10 Mart 2026 Salı` */
export const dayText = (day: string, language: Language): string =>
  format(day, language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** `10 Mar` */
export const shortDayText = (day: string, language: Language): string => format(day, language, { day: 'numeric', month: 'short' })

/** `4 Mar – 10 Mar`, or just `4 Mar` for a single day. */
export const daysText = ({ since, until }: DayRange, language: Language): string =>
  since === until ? shortDayText(since, language) : `${shortDayText(since, language)} – ${shortDayText(until, language)}`

/** `Mart 2026` */
export const monthText = (day: string, language: Language): string => format(day, language, { month: 'long', year: 'numeric' })

/** `2 Mart 2026 – 8 Mart 2026` */
export const weekText = ({ since, until }: DayRange, language: Language): string => {
  const options = { day: 'numeric', month: 'long', year: 'numeric' } as const
  return `${format(since, language, options)} – ${format(until, language, options)}`
}
