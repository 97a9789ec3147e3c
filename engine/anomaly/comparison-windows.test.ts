import { describe, expect, it } from 'vitest'

import { HOUR } from '../clock/zone.js'
import { Dataset } from '../facts/dataset.js'
import { factsOf } from '../facts/facts-of-dataset.js'
import type { Facts } from '../facts/facts.js'
import { Unknown } from '../value/value.js'
import { occasionsOf } from './comparison-windows.js'

/** Facts of an account whose hours are all known up to now. */
function factsAt(iso: string, timezone: string): Facts {
  const at = Date.parse(iso)
  const synced = [{ since: '2025-01-01', until: '2027-01-01', at }]
  const dataset = new Dataset({
    entities: [],
    rows: [],
    knowledge: { kind: 'synced', days: synced, hours: synced },
    measures: null,
  })
  const account = { name: 'a', id: null, currency: 'USD', timezone, result: 'purchases', values: {} }
  return factsOf(dataset, { account, at, pace: HOUR })
}

/** Today so far and the same part of each earlier day, as times in the account's time zone. */
function clocks(iso: string, timezone: string): { asked: string; earlier: readonly string[]; slots: readonly number[] } {
  const day = iso.slice(0, 10)
  const found = occasionsOf(factsAt(iso, timezone), { kind: 'days', days: { since: day, until: day } })
  if (found instanceof Unknown) throw new Error(found.reason)
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit' })
  const spanOf = (one: (typeof found.earlier)[number]): string =>
    one.kind === 'hours' ? `${time.format(one.hours.from)} to ${time.format(one.hours.to)}` : 'days'
  return { asked: spanOf(found.asked), earlier: found.earlier.map(spanOf), slots: found.earlier.map(({ slot }) => slot) }
}

describe('at nine o’clock, today so far is compared with earlier days up to nine on the clock', () => {
  it.each([
    ['an hour was skipped this morning', '2026-03-08T09:00:00-04:00', 'America/New_York'],
    ['an hour came twice this morning', '2026-11-01T09:00:00-05:00', 'America/New_York'],
    ['an hour was skipped the day before', '2026-03-30T09:00:00+01:00', 'Europe/London'],
    ['an hour came twice two weeks ago', '2026-11-08T09:00:00+00:00', 'Europe/London'],
    ['nothing changed', '2026-01-20T09:00:00-05:00', 'America/New_York'],
  ])('when %s', (_, iso, zone) => {
    const { asked, earlier, slots } = clocks(iso, zone)
    expect(asked).toBe('00:00 to 09:00')
    expect(new Set(earlier)).toEqual(new Set(['00:00 to 09:00']))
    expect(earlier).toHaveLength(112)
    expect(slots).toEqual([...new Set(slots)].sort((one, other) => one - other))
  })
})
