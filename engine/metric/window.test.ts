import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { dayNumberOf, isoDay } from '../clock/day.js'
import { formatInstant, parseTime } from '../clock/written-time.js'
import { dayOf } from '../clock/zone.js'
import type { DatePreset, Window } from '../expression/syntax.js'
import { windowRange } from './window.js'

const preset = (name: DatePreset, offsetDays = 0): Window => ({ kind: 'preset', preset: name, offsetDays })
const lastDays = (count: number, offsetDays = 0): Window => ({ kind: 'days', count, offsetDays })

/** Returns `since..until` of a window; `at` is written as for `--at`. */
function range(window: Window, at: string, timezone = 'Europe/Istanbul'): string {
  const found = windowRange(window, parseTime(at, timezone)!, timezone)
  if (found.kind === 'maximum') return 'maximum'
  if (found.kind === 'days') return `${found.days.since}..${found.days.until}`
  return `${formatInstant(found.hours.from, timezone)}..${formatInstant(found.hours.to, timezone)}`
}

describe('windows in days', () => {
  // 2026-03-10 is a Tuesday.
  it.each<[DatePreset, string]>([
    ['today', '2026-03-10..2026-03-10'],
    ['yesterday', '2026-03-09..2026-03-09'],
    ['last_3d', '2026-03-07..2026-03-09'],
    ['last_7d', '2026-03-03..2026-03-09'],
    ['last_14d', '2026-02-24..2026-03-09'],
    ['last_28d', '2026-02-10..2026-03-09'],
    ['last_30d', '2026-02-08..2026-03-09'],
    ['last_90d', '2025-12-10..2026-03-09'],
    ['this_week_mon_today', '2026-03-09..2026-03-10'],
    ['last_week_mon_sun', '2026-03-02..2026-03-08'],
    ['this_month', '2026-03-01..2026-03-10'],
    ['last_month', '2026-02-01..2026-02-28'],
    ['maximum', 'maximum'],
  ])('%s covers the same days as in Insights', (name, expected) => {
    expect(range(preset(name), '2026-03-10 14:00')).toBe(expected)
  })

  it('`5d` is today and the four days before', () => {
    expect(range(lastDays(5), '2026-03-10 14:00')).toBe('2026-03-06..2026-03-10')
    expect(range(lastDays(1), '2026-03-10 00:00')).toBe('2026-03-10..2026-03-10')
  })

  it('`offset` moves both ends', () => {
    expect(range(lastDays(7, 7), '2026-03-10 14:00')).toBe('2026-02-25..2026-03-03')
    expect(range(preset('last_3d', 7), '2026-03-10 14:00')).toBe('2026-02-28..2026-03-02')
    expect(range(preset('today', 1), '2026-03-01 14:00')).toBe('2026-02-28..2026-02-28')
    expect(range(preset('this_month', 7), '2026-03-10 14:00')).toBe('2026-02-22..2026-03-03')
  })

  it('are right at the ends of months and years and on leap days', () => {
    expect(range(preset('last_month'), '2028-03-31 12:00')).toBe('2028-02-01..2028-02-29')
    expect(range(preset('yesterday'), '2028-03-01 00:00')).toBe('2028-02-29..2028-02-29')
    expect(range(preset('last_month'), '2026-01-31 23:59')).toBe('2025-12-01..2025-12-31')
    expect(range(preset('this_month'), '2026-01-01 00:00')).toBe('2026-01-01..2026-01-01')
    expect(range(preset('last_week_mon_sun'), '2026-01-01 09:00')).toBe('2025-12-22..2025-12-28')
    expect(range(preset('this_week_mon_today'), '2026-03-09 00:00')).toBe('2026-03-09..2026-03-09')
    expect(range(preset('this_week_mon_today'), '2026-03-15 23:59')).toBe('2026-03-09..2026-03-15')
  })

  it('are days in the account’s time zone, whatever the day is elsewhere', () => {
    const at = '2026-03-10T22:30:00Z'
    expect(range(preset('today'), at, 'Europe/Istanbul')).toBe('2026-03-11..2026-03-11')
    expect(range(preset('today'), at, 'America/New_York')).toBe('2026-03-10..2026-03-10')
    expect(range(preset('today'), at, 'Asia/Kathmandu')).toBe('2026-03-11..2026-03-11')
    expect(range(preset('today'), '2026-03-10T18:14:59Z', 'Asia/Kathmandu')).toBe('2026-03-10..2026-03-10')
    expect(range(preset('today'), '2026-03-10T18:15:00Z', 'Asia/Kathmandu')).toBe('2026-03-11..2026-03-11')
    expect(range(preset('today'), '2026-03-10T11:00:00Z', 'Pacific/Apia')).toBe('2026-03-11..2026-03-11')
    expect(range(preset('yesterday'), '2011-12-31 08:00', 'Pacific/Apia')).toBe('2011-12-30..2011-12-30')
  })

  it('neither lose nor double a day when the clock changes', () => {
    expect(range(preset('last_3d'), '2026-03-09 00:30', 'America/New_York')).toBe('2026-03-06..2026-03-08')
    expect(range(preset('last_3d'), '2026-03-08 23:30', 'America/New_York')).toBe('2026-03-05..2026-03-07')
    expect(range(preset('yesterday'), '2026-11-02 00:10', 'America/New_York')).toBe('2026-11-01..2026-11-01')
    expect(range(preset('today'), '2026-11-01 23:59', 'America/New_York')).toBe('2026-11-01..2026-11-01')
  })

  it('have as many days as their name says, at any instant in any time zone', () => {
    const zone = fc.constantFrom('Europe/Istanbul', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia')
    const counts = { last_3d: 3, last_7d: 7, last_14d: 14, last_28d: 28, last_30d: 30, last_90d: 90 } as const
    const instant = fc.integer({ min: Date.UTC(2012, 0), max: Date.UTC(2040, 0) })
    fc.assert(
      fc.property(zone, instant, fc.constantFrom(...Object.keys(counts)), (timezone, at, name) => {
        const found = windowRange(preset(name as DatePreset), at, timezone)
        if (found.kind !== 'days') throw new Error('days expected')
        const [since, until] = [dayNumberOf(found.days.since), dayNumberOf(found.days.until)]
        expect(until - since + 1).toBe(counts[name as keyof typeof counts])
        expect(isoDay(until + 1)).toBe(dayOf(at, timezone))
      }),
    )
  })
})

describe('windows in hours', () => {
  const hours = (count: number, offsetHours = 0): Window => ({ kind: 'hours', count, offsetHours })

  it('are the last complete hours, without the current one', () => {
    expect(range(hours(6), '2026-03-10 14:25:10')).toBe('2026-03-10T08:00:00+03:00..2026-03-10T14:00:00+03:00')
    expect(range(hours(6), '2026-03-10 14:00')).toBe('2026-03-10T08:00:00+03:00..2026-03-10T14:00:00+03:00')
    expect(range(hours(3, 24), '2026-03-10 14:25')).toBe('2026-03-09T11:00:00+03:00..2026-03-09T14:00:00+03:00')
  })

  it('are full hours on the local clock, even if it differs from UTC by quarters of an hour', () => {
    expect(range(hours(2), '2026-03-10 14:25', 'Asia/Kathmandu')).toBe('2026-03-10T12:00:00+05:45..2026-03-10T14:00:00+05:45')
  })

  it('are elapsed hours, even over a change of the clock', () => {
    expect(range(hours(3), '2026-03-08 04:10', 'America/New_York')).toBe('2026-03-08T00:00:00-05:00..2026-03-08T04:00:00-04:00')
  })
})
