import { describe, expect, it } from 'vitest'

import type { LaunchAdset, LaunchBudget, LaunchSpec } from '../launch-spec.js'
import { dailyBudgetOf, refusalByCeiling } from './ceiling.js'

const NOW = Date.UTC(2026, 10, 23)
const DAY = 86_400_000
const daily = (amount: number): LaunchBudget => ({ kind: 'daily', amount })
const lifetime = (amount: number): LaunchBudget => ({ kind: 'lifetime', amount })
const specWith = (campaign: LaunchBudget | null, ...adsets: Partial<LaunchAdset>[]) =>
  ({
    publish: 'active',
    currency: 'TRY',
    campaign: { budget: campaign },
    adsets: adsets.map((adset) => ({ budget: null, start: null, end: null, ...adset })),
  }) as unknown as LaunchSpec

describe('the daily budget of a launch', () => {
  it('is the sum of its ad sets’ budgets, or its campaign’s budget', () => {
    expect(dailyBudgetOf(specWith(null, { budget: daily(100) }, { budget: daily(50) }), NOW)).toBe(150)
    expect(dailyBudgetOf(specWith(daily(70), {}, {}), NOW)).toBe(70)
  })

  it('is a lifetime budget divided by its days, counted from now if it starts immediately', () => {
    expect(dailyBudgetOf(specWith(null, { budget: lifetime(1000), start: NOW + DAY, end: NOW + 11 * DAY }), NOW)).toBe(100)
    expect(dailyBudgetOf(specWith(null, { budget: lifetime(1000), end: NOW + 4 * DAY }), NOW)).toBe(250)
    expect(
      dailyBudgetOf(specWith(lifetime(1000), { start: NOW, end: NOW + 2 * DAY }, { start: NOW, end: NOW + 5 * DAY }), NOW),
    ).toBe(200)
  })

  it('is the whole lifetime budget if the time is shorter than a day, or over', () => {
    expect(dailyBudgetOf(specWith(null, { budget: lifetime(1000), start: NOW, end: NOW + DAY / 2 }), NOW)).toBe(1000)
    expect(dailyBudgetOf(specWith(null, { budget: lifetime(1000), end: NOW - DAY }), NOW)).toBe(1000)
  })
})

describe('the ceiling', () => {
  const ask = (ceiling: number | null, delivering: number, publish: 'active' | 'paused' = 'active') =>
    refusalByCeiling({ spec: { ...specWith(null, { budget: daily(50_000) }), publish }, ceiling, delivering, now: NOW })

  it('refuses a launch that is above it together with what delivers already', () => {
    expect(ask(50_000, 0)).toBeNull()
    expect(ask(50_000, 1)).toBe(
      '500 TRY per day on top of the 0.01 TRY that deliver already are above the account’s ceiling of 500 TRY per day',
    )
    expect(ask(49_999, 0)).toMatch('500 TRY per day are above')
  })

  it('is required before anything is set active', () => {
    expect(ask(null, 0)).toMatch('ceiling')
    expect(ask(null, 0, 'paused')).toBeNull()
  })
})
