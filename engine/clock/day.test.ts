import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { dayNumberOf, daysInMonth, isoDay, parseDay, startOfMonth, weekdayOf } from './day.js'

describe('days', () => {
  it('are numbered from 1970-01-01 and convert back to the same date', () => {
    expect(dayNumberOf('1970-01-01')).toBe(0)
    expect(dayNumberOf('2026-03-10')).toBe(20522)
    fc.assert(fc.property(fc.integer({ min: -100_000, max: 100_000 }), (day) => dayNumberOf(isoDay(day)) === day))
  })

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-3-1', '10.03.2026', '', '0000-01-01'])(
    'that do not exist are refused: %s',
    (text) => {
      expect(parseDay(text)).toBeNull()
    },
  )

  it('respect leap years', () => {
    expect(parseDay('2028-02-29')).not.toBeNull()
    expect(parseDay('2100-02-29')).toBeNull()
    expect(daysInMonth(2028, 2)).toBe(29)
    expect(daysInMonth(2000, 2)).toBe(29)
    expect(daysInMonth(1900, 2)).toBe(28)
  })

  it('have the right weekday, counted from Monday', () => {
    expect(weekdayOf(dayNumberOf('2026-03-09'))).toBe(0)
    expect(weekdayOf(dayNumberOf('2026-03-15'))).toBe(6)
    expect(weekdayOf(dayNumberOf('1969-12-29'))).toBe(0)
  })

  it('have the right first day of this and other months, even across the end of a year', () => {
    expect(isoDay(startOfMonth(dayNumberOf('2026-01-31')))).toBe('2026-01-01')
    expect(isoDay(startOfMonth(dayNumberOf('2026-01-31'), -1))).toBe('2025-12-01')
    expect(isoDay(startOfMonth(dayNumberOf('2026-12-05'), 1))).toBe('2027-01-01')
  })
})
