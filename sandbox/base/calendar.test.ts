import fc from 'fast-check'
import { expect, it } from 'vitest'

import { Calendar, DAY, HOUR } from './calendar.js'

const ZONES = ['Europe/Istanbul', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe']
const instants = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2034-12-31') })

it('a calendar agrees with Intl on the day and the hour of any instant', () => {
  const calendars = ZONES.map((zone) => new Calendar(zone))
  fc.assert(
    fc.property(instants, fc.constantFrom(...calendars), (instant, calendar) => {
      const parts = Object.fromEntries(
        new Intl.DateTimeFormat('en-CA', {
          timeZone: calendar.timeZone,
          dateStyle: 'short',
          timeStyle: 'medium',
          hourCycle: 'h23',
        })
          .formatToParts(instant)
          .map(({ type, value }) => [type, value]),
      )
      const day = Date.parse(`${parts.year}-${parts.month}-${parts.day}T00:00:00Z`) / DAY
      expect([calendar.dayAt(instant), calendar.hourAt(instant)]).toEqual([day, Number(parts.hour)])
      expect(calendar.dayAt(calendar.dayStart(day))).toBe(day)
      expect(calendar.dayAt(calendar.dayStart(day) - 1)).toBe(day - 1)
      expect(Date.parse(calendar.instantText(instant).replace(/(\d{2})$/, ':$1'))).toBe(Math.floor(instant / 1000) * 1000)
    }),
    { numRuns: 300 },
  )
})

it('in Berlin one day in March has 23 hours and one in October 25, in Istanbul none has', () => {
  const hours = (zone: string, date: string): number => {
    const calendar = new Calendar(zone)
    const day = Date.parse(`${date}T00:00:00Z`) / DAY
    return (calendar.dayStart(day + 1) - calendar.dayStart(day)) / HOUR
  }
  expect(['2026-03-28', '2026-03-29', '2026-10-25'].map((date) => hours('Europe/Berlin', date))).toEqual([24, 23, 25])
  expect(['2026-03-29', '2026-10-25'].map((date) => hours('Europe/Istanbul', date))).toEqual([24, 24])
})
