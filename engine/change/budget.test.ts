import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { type BudgetStep, findBudget, resolveBudget } from './budget.js'

const relative = (ratio: number, parts: Partial<BudgetStep> = {}): BudgetStep => ({
  change: { kind: 'relative', ratio },
  min: null,
  max: null,
  ...parts,
})
const money = (value: number, currency: string | null = null) => ({ value, currency })
const absolute = (value: number, currency: string | null = null): BudgetStep => ({
  change: { kind: 'absolute', amount: money(value, currency) },
  min: null,
  max: null,
})

const target = (step: BudgetStep, before: number, currency = 'TRY') => {
  const resolved = resolveBudget(step, before, currency)
  return resolved.kind === 'change' ? resolved.target : `${resolved.kind} ${resolved.reason.code}`
}

describe('a relative change', () => {
  test('becomes an absolute target in minor units', () => {
    expect(target(relative(0.15), 50_000)).toBe(57_500)
    expect(target(relative(-0.2), 50_000)).toBe(40_000)
  })

  test('is rounded towards the current budget', () => {
    expect(target(relative(0.2), 333)).toBe(399)
    expect(target(relative(-0.2), 333)).toBe(267)
  })

  test('does not lose a minor unit to floating point', () => {
    // 0.15 * 100 and 1.1 * 3 are not exact in floating point.
    expect(target(relative(0.15), 100)).toBe(115)
    expect(target(relative(0.1), 330)).toBe(363)
    expect(target(relative(0.07), 100)).toBe(107)
  })

  test('is limited by the step’s own min and max', () => {
    expect(target(relative(0.15, { max: money(550) }), 50_000)).toBe(55_000)
    expect(target(relative(-0.2, { min: money(450) }), 50_000)).toBe(45_000)
  })

  test('never cuts if it is a raise and never raises if it is a cut, whatever the limits', () => {
    expect(target(relative(0.15, { max: money(400) }), 50_000)).toBe('nothing budget-at-max')
    expect(target(relative(-0.2, { min: money(600) }), 50_000)).toBe('nothing budget-at-min')
  })

  test('does nothing if it is smaller than a minor unit, and the reason is not a limit', () => {
    expect(target(relative(0.001, { max: money(500) }), 300)).toBe('nothing budget-already')
    expect(target(relative(-0.001, { min: money(1) }), 300)).toBe('nothing budget-already')
  })

  test('is refused if the target is below zero', () => {
    expect(target(relative(-1), 50_000)).toBe('refused budget-not-positive')
    expect(target(relative(-1.5), 50_000)).toBe('refused budget-not-positive')
  })

  test('is never larger than requested, and a whole number of minor units', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: -99, max: 300 }), (before, percent) => {
        const resolved = resolveBudget(relative(percent / 100), before, 'TRY')
        if (resolved.kind === 'nothing') return
        if (resolved.kind === 'refused') throw new Error('a budget was left above zero')
        expect(Number.isInteger(resolved.target)).toBe(true)
        const moved = BigInt(resolved.target - before) * 100n
        const asked = BigInt(before) * BigInt(percent)
        // Exact, in integers: not more than requested, and less than one minor unit short.
        expect(moved < 0n ? -moved : moved).toBeLessThanOrEqual(asked < 0n ? -asked : asked)
        expect((asked - moved < 0n ? moved - asked : asked - moved) < 100n).toBe(true)
      }),
    )
  })
})

describe('an absolute change', () => {
  test('becomes the amount in the account’s minor units', () => {
    expect(target(absolute(500), 40_000)).toBe(50_000)
    expect(target(absolute(500, 'TRY'), 40_000)).toBe(50_000)
    expect(target(absolute(1500), 1000, 'JPY')).toBe(1500)
  })

  test('does nothing if the budget already has that amount', () => {
    expect(target(absolute(500), 50_000)).toBe('nothing budget-already')
  })

  test('is refused in another currency', () => {
    expect(target(absolute(500, 'USD'), 40_000)).toBe('refused budget-currency')
    expect(target(relative(0.1, { max: money(500, 'USD') }), 40_000)).toBe('refused budget-currency')
  })
})

describe('the budget that a step changes', () => {
  const none = { dailyBudget: null, lifetimeBudget: null }

  test('is the ad set’s, or else the campaign’s', () => {
    const own = { dailyBudget: 50_000, lifetimeBudget: 0 }
    expect(findBudget('adset', own, none)).toEqual({ kind: 'held', level: 'adset', field: 'daily_budget', amount: 50_000 })
    expect(findBudget('adset', none, own)).toEqual({ kind: 'held', level: 'campaign', field: 'daily_budget', amount: 50_000 })
    expect(findBudget('ad', own, none)).toEqual({ kind: 'held', level: 'adset', field: 'daily_budget', amount: 50_000 })
  })

  test('stays a lifetime budget if it is one', () => {
    const lifetime = { dailyBudget: null, lifetimeBudget: 900_000 }
    expect(findBudget('adset', lifetime, none)).toEqual({
      kind: 'held',
      level: 'adset',
      field: 'lifetime_budget',
      amount: 900_000,
    })
    expect(findBudget('campaign', null, lifetime)).toEqual({
      kind: 'held',
      level: 'campaign',
      field: 'lifetime_budget',
      amount: 900_000,
    })
  })

  test('is missing with a reason if there is none', () => {
    expect(findBudget('campaign', null, none)).toMatchObject({ kind: 'refused', reason: { code: 'budgets-beneath' } })
    expect(findBudget('adset', none, null)).toMatchObject({ kind: 'refused', reason: { code: 'no-budget' } })
    expect(findBudget('account', null, null)).toMatchObject({ kind: 'refused', reason: { code: 'no-budget' } })
  })
})
