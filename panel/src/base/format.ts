import { useTranslation } from 'react-i18next'

import type { SideValue, TraceLeaf } from './api.js'

/** Formats values for the chosen language. Traces hold money in the major unit, percentages as per cent and durations in hours. */
export interface Format {
  side(value: SideValue, leaf: Pick<TraceLeaf, 'unit' | 'unitKind'>): string
  /** The relative difference between value and threshold; null if either is not a number or the threshold is 0. */
  distance(leaf: TraceLeaf): string | null
  moment(instant: string): string
  day(day: string): string
}

export function useFormat(): Format {
  const { t, i18n } = useTranslation()
  const locale = i18n.language === 'tr' ? 'tr-TR' : 'en-GB'

  const number = (value: number, { unit, unitKind }: Pick<TraceLeaf, 'unit' | 'unitKind'>): string => {
    if (unitKind === 'money' && /^[A-Z]{3}$/.test(unit)) {
      return new Intl.NumberFormat(locale, { style: 'currency', currency: unit }).format(value)
    }
    if (unitKind === 'percentage')
      return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(value / 100)
    if (unitKind === 'duration') return duration(value * HOUR, locale)
    return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value)
  }

  const side: Format['side'] = (value, leaf) => {
    if (value === null) return t('trace.unknown')
    if (typeof value === 'boolean') return value ? t('trace.yes') : t('trace.no')
    if (typeof value === 'number') return number(value, leaf)
    if (typeof value === 'string') return value
    if ('atLeast' in value) return t('trace.atLeast', { value: number(value.atLeast, leaf) })
    return value.map((item) => (typeof item === 'number' ? number(item, leaf) : item)).join(', ')
  }

  return {
    side,
    distance: ({ left, right }) => {
      if (typeof left !== 'number' || typeof right !== 'number' || right === 0) return null
      return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(
        (left - right) / Math.abs(right),
      )
    },
    moment: (instant) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant)),
    day: (day) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`)),
  }
}

const HOUR = 3_600_000

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** Formats in the largest unit of which there is at least one: 36 h is 1.5 days. */
function duration(milliseconds: number, locale: string): string {
  const [unit, size] = UNITS.find(([, length]) => Math.abs(milliseconds) >= length) ?? UNITS[2]
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 }).format(
    milliseconds / size,
  )
}
