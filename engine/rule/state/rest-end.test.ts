import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { DAY, HOUR, MINUTE, offsetChanges } from '../../clock/zone.js'
import { nextDue } from '../cadence.js'
import type { Cadence } from '../rule.js'
import { restEnd } from './rest-end.js'

const EVERY: Cadence = { kind: 'every', interval: 30 * MINUTE }
const end = (from: string, cooldown: number, zone: string, cadence: Cadence = EVERY): string =>
  new Date(restEnd({ cadence, cooldown }, Date.parse(from), zone)).toISOString()

describe('a cooldown of whole days', () => {
  it('ends at the same local time if summer time begins or ends in between', () => {
    expect(end('2026-03-28T09:00:00+01:00', DAY, 'Europe/Berlin')).toBe('2026-03-29T07:00:00.000Z')
    expect(end('2026-10-24T09:00:00+02:00', DAY, 'Europe/Berlin')).toBe('2026-10-25T08:00:00.000Z')
    expect(end('2026-03-25T09:00:07+01:00', 7 * DAY, 'Europe/Berlin')).toBe('2026-04-01T07:00:07.000Z')
  })

  it('ends right after the skipped hour if the clock skips its time, and at the first of two equal times', () => {
    expect(end('2026-03-28T02:30:05+01:00', DAY, 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z')
    expect(end('2026-10-24T02:30:00+02:00', DAY, 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
  })

  it('uses the rule’s own time zone, if it has one', () => {
    const cadence: Cadence = { kind: 'at', times: ['09:00'], timezone: 'America/New_York' }
    expect(end('2026-03-07T09:00:00-05:00', DAY, 'Europe/Berlin', cadence)).toBe('2026-03-08T13:00:00.000Z')
    expect(end('2026-03-28T09:00:00-04:00', DAY, 'Europe/Berlin', cadence)).toBe('2026-03-29T13:00:00.000Z')
  })

  it('never lasts beyond the next time of a daily rule, at any time and in any zone', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Beirut', 'Africa/Casablanca', 'Pacific/Apia', 'Europe/Istanbul') // prettier-ignore
    const changes = (zone: string) => offsetChanges(zone, Date.parse('2008-01-01'), Date.parse('2012-06-01'))
    fc.assert(
      fc.property(
        zones,
        fc.nat(),
        fc.integer({ min: 0, max: 3 * DAY }),
        fc.integer({ min: 0, max: 1439 }),
        (zone, which, before, minutes) => {
          const found = changes(zone)
          const after = found[which % found.length]!.at - before
          const time = new Date(minutes * MINUTE).toISOString().slice(11, 16)
          const cadence: Cadence = { kind: 'at', times: [time], timezone: null }
          const [first, second] = nextDue(cadence, zone, after, 2)
          // Apia skipped a day, and the rule's next time is the day after.
          expect(restEnd({ cadence, cooldown: DAY }, first!, zone)).toBeLessThanOrEqual(second!)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('any other cooldown is a fixed duration, and 0 is no rest', () => {
    expect(end('2026-03-28T09:00:00+01:00', 23 * HOUR, 'Europe/Berlin')).toBe('2026-03-29T07:00:00.000Z')
    expect(end('2026-03-29T00:00:00+01:00', 12 * HOUR, 'Europe/Berlin')).toBe('2026-03-29T11:00:00.000Z')
    expect(end('2026-03-28T09:00:00+01:00', 0, 'Europe/Berlin')).toBe('2026-03-28T08:00:00.000Z')
  })
})
