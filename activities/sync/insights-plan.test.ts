import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { addDays, DAY, HOUR } from '../../engine/clock/zone.js'
import { beginSync, finishSync } from '../../store/account/syncs.js'
import { temporaryStore } from '../../test/support/temporary-store.js'
import { needsOf } from '../facts/rule-needs.js'
import { syncKind } from '../facts/sync-kind.js'
import { hoursToAsk, planInsights, rangesToAsk } from './insights-plan.js'

const TODAY = '2026-03-10'
const NOW = Date.parse('2026-03-10T12:00:00Z')
const covered = (since: string, until: string, hoursAgo: number) => {
  const at = NOW - hoursAgo * HOUR
  return { since, until, startedAt: at, finishedAt: at }
}
const everything = (hoursAgo: number) => covered(addDays(TODAY, -119), TODAY, hoursAgo)

describe('the days that a tick requests', () => {
  it('are 120 the first time, each once, the latest first', () => {
    const ranges = rangesToAsk([], TODAY, NOW)
    const days = ranges.flatMap(({ since, until }) => {
      const count = Math.round((Date.parse(until) - Date.parse(since)) / DAY) + 1
      return Array.from({ length: count }, (_, index) => addDays(since, index))
    })
    expect(days).toHaveLength(120)
    expect(new Set(days).size).toBe(120)
    expect(ranges[0]?.until).toBe(TODAY)
  })

  it('are requested at most 30 at a time, the first time and after any absence', () => {
    const length = ({ since, until }: { since: string; until: string }) => (Date.parse(until) - Date.parse(since)) / DAY + 1
    expect(rangesToAsk([], TODAY, NOW).map(length)).toEqual([30, 30, 30, 30])
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), (away) => {
        const ranges = rangesToAsk([covered(addDays(TODAY, -away - 119), addDays(TODAY, -away), away * 24)], TODAY, NOW)
        expect(ranges.every((range) => length(range) <= 30)).toBe(true)
      }),
    )
  })

  it('are the last three if late conversions were read within the hour', () => {
    expect(rangesToAsk([everything(0.5)], TODAY, NOW)).toEqual([{ since: '2026-03-08', until: TODAY }])
  })

  it('are the last 29 once an hour, because conversions arrive late', () => {
    expect(rangesToAsk([everything(1)], TODAY, NOW)).toEqual([{ since: '2026-02-10', until: TODAY }])
  })

  it('reach back to the day on which the worker stopped', () => {
    const ranges = rangesToAsk([covered(addDays(TODAY, -125), addDays(TODAY, -40), 40 * 24)], TODAY, NOW)
    expect(ranges).toEqual([
      { since: addDays(TODAY, -40), until: addDays(TODAY, -30) },
      { since: addDays(TODAY, -29), until: TODAY },
    ])
  })

  it('include a chunk that failed the first time', () => {
    const ranges = rangesToAsk([covered(addDays(TODAY, -28), TODAY, 0)], TODAY, NOW)
    expect(ranges.length).toBeGreaterThan(1)
    expect(ranges.at(-1)?.since).toBe(addDays(TODAY, -119))
  })

  it('always include today and leave no day of the 120 unknown, whatever was covered before', () => {
    const range = fc.tuple(fc.integer({ min: 0, max: 150 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 500 }))
    fc.assert(
      fc.property(fc.array(range, { maxLength: 5 }), (spans) => {
        const before = spans.map(([end, length, ago]) => covered(addDays(TODAY, -end - length), addDays(TODAY, -end), ago))
        const asked = rangesToAsk(before, TODAY, NOW)
        for (let back = 0; back < 120; back += 1) {
          const day = addDays(TODAY, -back)
          expect([...before, ...asked].some(({ since, until }) => since <= day && day <= until)).toBe(true)
        }
        expect(asked.some(({ until }) => until === TODAY)).toBe(true)
      }),
    )
  })

  it('include every day that was never read after its end, however many requests after an absence failed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 5 }), (away, good) => {
        const before = covered(addDays(TODAY, -away - 119), addDays(TODAY, -away), away * 24)
        const answered = rangesToAsk([before], TODAY, NOW).slice(0, good)
        const next = rangesToAsk([before, ...answered.map(({ since, until }) => covered(since, until, 0))], TODAY, NOW)
        for (let back = 0; back <= Math.min(away, 119); back += 1) {
          const day = addDays(TODAY, -back)
          const holds = ({ since, until }: { since: string; until: string }) => since <= day && day <= until
          expect([...answered, ...next].some(holds)).toBe(true)
        }
      }),
    )
  })
})

describe('without any rule that needs them', () => {
  const account = { name: 'moda-tr', timezone: 'Europe/Istanbul' }
  const nothing = needsOf([], NOW, account.timezone)
  const kinds = (requests: readonly { level: string; hourly: boolean }[]) =>
    new Set(requests.map(({ level, hourly }) => `${level} by ${hourly ? 'hour' : 'day'}`))

  it('days of the account, campaigns, ad sets and ads are read, and the account’s hours of 28 days', async () => {
    const { insights, history } = await planInsights(await temporaryStore(), account, nothing, NOW)
    expect(kinds(insights)).toEqual(new Set(['account by day', 'account by hour', 'campaign by day', 'adset by day']))
    expect(kinds(history)).toEqual(new Set(['account by hour', 'ad by day']))
    const hours = [...insights, ...history].filter(({ level, hourly }) => level === 'account' && hourly)
    for (let back = 0; back < 28; back += 1) {
      const day = addDays(TODAY, -back)
      expect(
        hours.some(({ since, until }) => since <= day && day <= until),
        day,
      ).toBe(true)
    }
  })

  it('parents are read before their children, and final hours are not read again', async () => {
    const store = await temporaryStore()
    const kind = syncKind('account', true)
    const id = await beginSync(store, { account: 'moda-tr', kind, since: addDays(TODAY, -27), until: TODAY, startedAt: NOW })
    await finishSync(store, id, NOW)
    const { insights, history } = await planInsights(store, account, { ...nothing, ads: true }, NOW + HOUR)
    const order = insights.filter(({ hourly, until }) => !hourly && until === TODAY).map(({ level }) => level)
    expect(order).toEqual(['account', 'campaign', 'adset', 'ad'])
    const hours = [...insights, ...history].filter(({ hourly }) => hourly)
    expect(hours).toMatchObject([{ level: 'account', since: TODAY, until: TODAY }])
  })
})

describe('the hours of a day that ended', () => {
  const readAt = (time: string) => {
    const at = Date.parse(`2026-03-10T${time}:00+03:00`)
    return [{ since: '2026-03-09', until: '2026-03-10', startedAt: at, finishedAt: at }]
  }
  const first = (time: string) => hoursToAsk(readAt(time), '2026-03-09', '2026-03-10', 'Europe/Istanbul')

  it('are read again until six hours after its end, because Meta reports the last ones late', () => {
    expect([first('00:01'), first('05:59'), first('06:00')]).toEqual(['2026-03-09', '2026-03-09', '2026-03-10'])
  })
})
