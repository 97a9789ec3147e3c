import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  addDays,
  DAY,
  dayOf,
  HOUR,
  instantOf,
  isZone,
  minuteOfDay,
  minutesOf,
  nextTimeOfDay,
  offsetAt,
  parseTimeOfDay,
  startOfDay,
} from './zone.js'

const utc = (text: string) => Date.parse(text)
const on = (day: string, time: string, zone: string) => instantOf(day, minutesOf(time), zone)

describe('the instant of a time on a day', () => {
  test('is when the wall clock shows that time', () => {
    expect(on('2026-03-10', '14:00', 'Europe/Istanbul')).toBe(utc('2026-03-10T11:00:00Z'))
    expect(on('2026-03-10', '09:00', 'Asia/Kathmandu')).toBe(utc('2026-03-10T03:15:00Z'))
  })

  test('is right after the gap if summer time skips that time', () => {
    expect(on('2026-03-08', '02:30', 'America/New_York')).toBe(utc('2026-03-08T07:00:00Z'))
    expect(on('2026-10-04', '02:10', 'Australia/Lord_Howe')).toBe(utc('2026-10-03T15:30:00Z'))
    expect(on('2026-03-29', '00:30', 'Asia/Beirut')).toBe(utc('2026-03-28T22:00:00Z'))
  })

  test('is the first of the two if the time occurs twice', () => {
    expect(on('2026-11-01', '01:30', 'America/New_York')).toBe(utc('2026-11-01T05:30:00Z'))
    expect(on('2026-10-25', '01:30', 'Europe/London')).toBe(utc('2026-10-25T00:30:00Z'))
  })

  test('does not exist on a day that the zone skipped', () => {
    expect(on('2011-12-30', '09:00', 'Pacific/Apia')).toBeNull()
    expect(on('2011-12-31', '09:00', 'Pacific/Apia')).toBe(utc('2011-12-30T19:00:00Z'))
  })
})

test('offsets agree with Intl, even if a zone changes within a quarter of an hour', () => {
  const zones = ['America/New_York', 'America/St_Johns', 'Asia/Kathmandu', 'Europe/Istanbul']
  const instant = fc.oneof(
    fc.integer({ min: utc('2005-01-01'), max: utc('2035-01-01') }),
    fc.integer({ min: utc('2010-11-07T02:25:00Z'), max: utc('2010-11-07T02:40:00Z') }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...zones), instant, (zone, at) => {
      const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at)
      const minutes = minuteOfDay(at, zone)
      const two = (number: number) => String(number).padStart(2, '0')
      expect(`${dayOf(at, zone)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`).toBe(shown)
    }),
  )
})

test('days follow each other without gaps in every zone', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Europe/Istanbul', 'America/New_York', 'Asia/Beirut', 'Europe/London'),
      fc.integer({ min: utc('2015-01-01'), max: utc('2035-01-01') }),
      (zone, instant) => {
        const day = dayOf(instant, zone)
        expect(startOfDay(day, zone)).toBeLessThanOrEqual(instant)
        expect(startOfDay(addDays(day, 1), zone)).toBeGreaterThan(instant)
      },
    ),
  )
})

test('only IANA names are accepted as zones', () => {
  expect(isZone('Europe/Istanbul')).toBe(true)
  for (const name of ['Europe/Constantinople', '+03:00', '', 'nowhere']) expect(isZone(name), name).toBe(false)
})

test('only valid times of day are parsed', () => {
  expect(parseTimeOfDay('23:59')).toBe(1439)
  for (const text of ['24:00', '9:00', '09:60', '', '09:00:00', '-1:00']) expect(parseTimeOfDay(text), text).toBeNull()
})

test('the next time of day is within a day (and a gap), and the clock then shows that time unless it was skipped', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Europe/Istanbul', 'America/New_York', 'Asia/Kathmandu', 'Europe/London', 'Australia/Lord_Howe'),
      fc.integer({ min: utc('2015-01-01'), max: utc('2035-01-01') }),
      fc.integer({ min: 0, max: 1439 }),
      (zone, after, minutes) => {
        const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
        const next = nextTimeOfDay(time, zone, after)
        expect(next).toBeGreaterThan(after)
        expect(next - after).toBeLessThanOrEqual(DAY + HOUR)
        if (minuteOfDay(next, zone) !== minutes) expect(offsetAt(next - 1, zone)).not.toBe(offsetAt(next, zone))
      },
    ),
  )
})
