import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { formatInstant, formatLocalMinute, parseTime } from './written-time.js'

describe('times as people write them', () => {
  it.each([
    ['2026-03-10', '2026-03-10T00:00:00+03:00'],
    ['2026-03-10 14:00', '2026-03-10T14:00:00+03:00'],
    ['2026-03-10T14:00:30', '2026-03-10T14:00:30+03:00'],
    ['2026-03-10T14:00Z', '2026-03-10T17:00:00+03:00'],
    ['2026-03-10T14:00:00.000Z', '2026-03-10T17:00:00+03:00'],
    ['2026-03-10 14:00 -0500', '2026-03-10T22:00:00+03:00'],
    ['2026-03-10 14:00+05:45', '2026-03-10T11:15:00+03:00'],
  ])('%s is %s in Istanbul', (text, expected) => {
    expect(formatInstant(parseTime(text, 'Europe/Istanbul')!, 'Europe/Istanbul')).toBe(expected)
  })

  it.each([
    ['2026-03-08 02:30', 'America/New_York', '2026-03-08T03:00:00-04:00'],
    ['2026-11-01 01:30', 'America/New_York', '2026-11-01T01:30:00-04:00'],
    ['2026-10-04 02:15', 'Australia/Lord_Howe', '2026-10-04T02:30:00+11:00'],
    ['2026-03-29', 'Asia/Beirut', '2026-03-29T01:00:00+03:00'],
  ])('%s in %s, which summer time skips or doubles, is %s', (text, timezone, expected) => {
    expect(formatInstant(parseTime(text, timezone)!, timezone)).toBe(expected)
  })

  it.each(['', 'now', '14:00', '2026-02-30', '2026-03-10 25:00', '2026-03-10 14:60', '2026-03-10 14:00 +99:00', '2026-3-1 9:00'])(
    'are refused if they are not times: %s',
    (text) => {
      expect(parseTime(text, 'UTC')).toBeNull()
    },
  )

  it('are the same instants after formatting and parsing, to the second', () => {
    const instant = fc.integer({ min: Date.UTC(2010, 0) / 1000, max: Date.UTC(2040, 0) / 1000 })
    const zone = fc.constantFrom('Europe/Istanbul', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia')
    fc.assert(
      fc.property(instant, zone, (seconds, timezone) => {
        expect(parseTime(formatInstant(seconds * 1000, timezone), 'UTC')).toBe(seconds * 1000)
      }),
    )
  })

  it('are shown to the minute', () => {
    expect(formatLocalMinute(Date.UTC(2026, 2, 10, 11, 5, 9), 'Asia/Kathmandu')).toBe('2026-03-10 16:50')
  })
})
