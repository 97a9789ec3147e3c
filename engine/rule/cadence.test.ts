import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { addDays, DAY, dayOf, HOUR, MINUTE, minuteOfDay, offsetAt, startOfDay } from '../clock/zone.js'
import { cronFault } from './cadence-cron.js'
import { dueMoment, nextDue, tickInterval } from './cadence.js'
import type { Cadence } from './rule.js'

const utc = (text: string) => Date.parse(text)
const clocksChangeAt = (instant: number, zone: string) => offsetAt(instant - 1, zone) !== offsetAt(instant, zone)
const every = (interval: number): Cadence => ({ kind: 'every', interval })
const at = (...times: string[]): Cadence => ({ kind: 'at', times, timezone: null })
const cron = (expression: string, timezone: string | null = null): Cadence => ({ kind: 'cron', expression, timezone })

const ZONES = [
  'Europe/Istanbul',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Europe/London',
  'Australia/Lord_Howe',
] as const
const someZone = fc.constantFrom(...ZONES)
const someTime = fc
  .integer({ min: 0, max: 1439 })
  .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)

/** The zone's local days from `first`. */
function daysOf(first: string, count: number, zone: string): string[] {
  const days = Array.from({ length: count }, (_, n) => addDays(first, n))
  return days.filter((day) => dayOf(startOfDay(day, zone), zone) === day)
}

/** Returns the times for which a rule is evaluated by ticks at `instants`, one after another. */
function evaluations(cadence: Cadence, zone: string, instants: readonly number[], knownSince: number): number[] {
  const moments: number[] = []
  let lastEvaluated: number | null = null
  for (const now of instants) {
    const moment = dueMoment(cadence, { zone, lastEvaluated, knownSince, now })
    if (moment === null) continue
    moments.push(moment)
    lastEvaluated = now
  }
  return moments
}

const ticks = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, n) => from + n * step)

describe('every', () => {
  const context = { zone: 'Europe/Istanbul', knownSince: 0 }

  test('a rule that was never evaluated is due at once', () => {
    const now = utc('2026-03-10T12:07:00Z')
    expect(dueMoment(every(HOUR), { ...context, lastEvaluated: null, now })).toBe(now)
  })

  test('is aligned to the epoch in UTC', () => {
    const lastEvaluated = utc('2026-03-10T12:07:00Z')
    expect(dueMoment(every(HOUR), { ...context, lastEvaluated, now: utc('2026-03-10T12:59:59Z') })).toBeNull()
    expect(dueMoment(every(HOUR), { ...context, lastEvaluated, now: utc('2026-03-10T13:00:02Z') })).toBe(
      utc('2026-03-10T13:00:00Z'),
    )
    expect(nextDue(every(6 * HOUR), 'Asia/Kathmandu', lastEvaluated, 2)).toEqual([
      utc('2026-03-10T18:00:00Z'),
      utc('2026-03-11T00:00:00Z'),
    ])
  })

  test('one run makes up for any number of missed ones', () => {
    const instants = [utc('2026-03-10T12:00:00Z'), utc('2026-03-12T15:10:00Z'), utc('2026-03-12T15:11:00Z')]
    expect(evaluations(every(30 * MINUTE), 'UTC', instants, 0)).toEqual([instants[0], utc('2026-03-12T15:00:00Z')])
  })

  test('a last evaluation in the future, because the clock was set back, does not silence the rule', () => {
    const now = utc('2026-03-10T12:07:00Z')
    expect(dueMoment(every(HOUR), { ...context, lastEvaluated: now + 400 * DAY, now })).toBe(now)
  })
})

describe('at', () => {
  const zone = 'Europe/Istanbul'
  const knownSince = utc('2026-03-01T00:00:00Z')

  test('a rule that was never evaluated waits for its next time', () => {
    const loaded = utc('2026-03-10T06:30:00Z')
    expect(dueMoment(at('09:00'), { zone, lastEvaluated: null, knownSince: loaded, now: loaded + MINUTE })).toBeNull()
    expect(dueMoment(at('09:45'), { zone, lastEvaluated: null, knownSince: loaded, now: utc('2026-03-10T06:45:01Z') })).toBe(
      utc('2026-03-10T06:45:00Z'),
    )
  })

  test('a time missed by up to an hour is made up for, an older one is skipped', () => {
    const lastEvaluated = utc('2026-03-09T06:00:00Z')
    const nine = utc('2026-03-10T06:00:00Z')
    expect(dueMoment(at('09:00'), { zone, lastEvaluated, knownSince, now: nine + HOUR })).toBe(nine)
    expect(dueMoment(at('09:00'), { zone, lastEvaluated, knownSince, now: nine + HOUR + 1 })).toBeNull()
  })

  test('uses the rule’s own time zone if it names one', () => {
    const cadence: Cadence = { kind: 'at', times: ['09:00'], timezone: 'America/New_York' }
    expect(nextDue(cadence, zone, utc('2026-07-01T00:00:00Z'), 1)).toEqual([utc('2026-07-01T13:00:00Z')])
  })

  test('several times within the hour that summer time skips are due together, once', () => {
    expect(nextDue(at('02:00', '02:30', '03:00', '04:00'), 'America/New_York', utc('2026-03-08T05:00:00Z'), 2)).toEqual([
      utc('2026-03-08T07:00:00Z'),
      utc('2026-03-08T08:00:00Z'),
    ])
  })

  test('each local day has exactly one due time, which shows the time of day unless summer time skips it', () => {
    fc.assert(
      fc.property(someZone, fc.integer({ min: 0, max: 7300 }), someTime, (zone, offset, time) => {
        const days = daysOf(addDays('2010-01-01', offset), 40, zone)
        const moments = nextDue(at(time), zone, startOfDay(days[0]!, zone) - 1, days.length)
        expect(moments.map((moment) => dayOf(moment, zone))).toEqual(days)
        for (const moment of moments) {
          const minutes = minuteOfDay(moment, zone)
          const shown = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
          if (shown !== time) expect(clocksChangeAt(moment, zone)).toBe(true)
        }
      }),
      { examples: [['Pacific/Apia', 715, '09:00']] },
    )
  })

  test('ticked through a change of the clocks, each local day is evaluated exactly once', () => {
    const changes: [string, string][] = [
      ['America/New_York', '2026-03-08'],
      ['America/New_York', '2026-11-01'],
      ['Europe/London', '2026-03-29'],
      ['Europe/London', '2026-10-25'],
      ['Australia/Lord_Howe', '2026-04-05'],
      ['Australia/Lord_Howe', '2026-10-04'],
      ['Pacific/Apia', '2011-12-30'],
      ['Europe/Istanbul', '2016-03-27'],
      ['Asia/Kathmandu', '2026-01-01'],
    ]
    fc.assert(
      fc.property(fc.constantFrom(...changes), someTime, fc.integer({ min: 0, max: 59 }), ([zone, day], time, late) => {
        const from = startOfDay(addDays(day, -1), zone)
        const instants = ticks(from - 1, startOfDay(addDays(day, 2), zone) - 1, 15 * MINUTE).map((n) => n + late * 1000)
        // The last ticks may be too early for a time shortly before midnight, so there is one more a quarter of an hour later.
        const moments = evaluations(at(time), zone, [...instants, instants.at(-1)! + 14 * MINUTE], from - 1)
        const days = daysOf(addDays(day, -1), 3, zone)
        expect(moments.map((moment) => dayOf(moment, zone)).filter((d) => days.includes(d))).toEqual(days)
      }),
      { numRuns: 60 },
    )
  })
})

describe('cron', () => {
  test('follows the wall clock', () => {
    expect(nextDue(cron('0 9 * * 1-5'), 'Europe/Istanbul', utc('2026-03-13T12:00:00Z'), 2)).toEqual([
      utc('2026-03-16T06:00:00Z'),
      utc('2026-03-17T06:00:00Z'),
    ])
    expect(nextDue(cron('30 2 * * *', 'America/New_York'), 'Europe/Istanbul', utc('2026-03-08T05:00:00Z'), 2)).toEqual([
      utc('2026-03-08T07:00:00Z'),
      utc('2026-03-09T06:30:00Z'),
    ])
  })

  test('gives the same times as `at` for a time of day, in every zone and season', () => {
    fc.assert(
      fc.property(someZone, fc.integer({ min: 0, max: 7300 }), someTime, (zone, offset, time) => {
        const from = startOfDay(addDays('2010-01-01', offset), zone)
        const [hour, minute] = time.split(':').map(Number)
        expect(nextDue(cron(`${minute} ${hour} * * *`), zone, from, 5)).toEqual(nextDue(at(time), zone, from, 5))
      }),
      { numRuns: 40 },
    )
  })

  test('each time in a repeated hour occurs once', () => {
    const from = utc('2026-11-01T04:59:00Z')
    expect(nextDue(cron('*/30 * * * *'), 'America/New_York', from, 4)).toEqual([
      utc('2026-11-01T05:00:00Z'),
      utc('2026-11-01T05:30:00Z'),
      utc('2026-11-01T07:00:00Z'),
      utc('2026-11-01T07:30:00Z'),
    ])
    const second = utc('2026-11-01T06:10:00Z')
    expect(
      dueMoment(cron('*/30 * * * *'), {
        zone: 'America/New_York',
        lastEvaluated: utc('2026-11-01T05:30:01Z'),
        knownSince: 0,
        now: second,
      }),
    ).toBeNull()
  })

  test('an expression that never occurs is an error', () => {
    expect(cronFault('0 9 30 2 *')).not.toBeNull()
    expect(cronFault('0 9 29 2 *')).toBeNull()
  })

  test('seconds, random times and nonsense are errors', () => {
    for (const expression of ['', '* * * *', '0 0 9 * * *', 'H 9 * * *', '61 9 * * *', '@daily', 'a b c d e']) {
      expect(cronFault(expression), expression).not.toBeNull()
    }
    for (const expression of ['0 9 * * 1-5', '*/15 8-20 * * *', '0 9 L * *', '0 9 * mar,jun mon#1']) {
      expect(cronFault(expression), expression).toBeNull()
    }
  })
})

describe('tickInterval', () => {
  const now = utc('2026-03-01T00:00:00Z')

  test('is the common divisor, at most an hour', () => {
    expect(tickInterval([], 'Europe/Istanbul', now)).toBe(HOUR)
    expect(tickInterval([every(30 * MINUTE), every(45 * MINUTE)], 'Europe/Istanbul', now)).toBe(15 * MINUTE)
    expect(tickInterval([every(90 * MINUTE)], 'Europe/Istanbul', now)).toBe(45 * MINUTE)
    expect(tickInterval([every(DAY), at('09:00')], 'Europe/Istanbul', now)).toBe(HOUR)
    expect(tickInterval([every(30_000)], 'Europe/Istanbul', now)).toBe(MINUTE)
  })

  test('zones whose offset is not a whole hour need a shorter tick', () => {
    expect(tickInterval([at('09:00')], 'Asia/Kathmandu', now)).toBe(15 * MINUTE)
    expect(tickInterval([at('09:00')], 'Australia/Lord_Howe', now)).toBe(30 * MINUTE)
    expect(tickInterval([at('09:20')], 'Europe/Istanbul', now)).toBe(20 * MINUTE)
  })

  test('every due time of the coming year falls on the tick', () => {
    const someCadence = fc.oneof(
      fc.integer({ min: 1, max: 3000 }).map((minutes) => every(minutes * MINUTE)),
      fc.array(someTime, { minLength: 1, maxLength: 3 }).map((times) => at(...times)),
      fc.tuple(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 23 })).map(([m, h]) => cron(`${m} ${h} * * *`)),
    )
    fc.assert(
      fc.property(fc.array(someCadence, { minLength: 1, maxLength: 3 }), someZone, (cadences, zone) => {
        const tick = tickInterval(cadences, zone, now)
        expect(tick).toBeGreaterThanOrEqual(MINUTE)
        expect(tick).toBeLessThanOrEqual(HOUR)
        for (const cadence of cadences) {
          // Around each change of the clocks, when due times move.
          for (let day = now; day < now + 366 * DAY; day += DAY) {
            if (offsetAt(day, zone) === offsetAt(day + DAY, zone)) continue
            for (const moment of nextDue(cadence, zone, day - DAY, 6)) expect(moment % tick).toBe(0)
          }
          for (const moment of nextDue(cadence, zone, now, 3)) expect(moment % tick).toBe(0)
        }
      }),
      { numRuns: 60 },
    )
  })
})

test('a rule that waits for events is never due by the clock, and needs no tick', () => {
  const hook: Cadence = { kind: 'hook', name: 'order-paid' }
  const context = { zone: 'Europe/Istanbul', lastEvaluated: null, knownSince: 0, now: Date.UTC(2026, 2, 10) }
  expect(dueMoment(hook, context)).toBeNull()
  expect(nextDue(hook, 'Europe/Istanbul', context.now, 3)).toEqual([])
  expect(tickInterval([hook], 'Europe/Istanbul', context.now)).toBe(HOUR)
  expect(tickInterval([hook, every(5 * MINUTE)], 'Europe/Istanbul', context.now)).toBe(5 * MINUTE)
})
