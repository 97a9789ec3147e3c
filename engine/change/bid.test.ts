import { expect, test } from 'vitest'

import { resolveBid } from './bid.js'
import type { BudgetStep } from './budget.js'

const by = (ratio: number, bounds: Partial<BudgetStep> = {}): BudgetStep => ({
  change: { kind: 'relative', ratio },
  min: null,
  max: null,
  ...bounds,
})
const capped = { strategy: 'COST_CAP', amount: 9_000 }

test('a relative bid becomes an absolute one, within the rule’s own bounds', () => {
  expect(resolveBid(by(-0.1), capped, 'TRY')).toEqual({ kind: 'change', before: 9_000, target: 8_100 })
  const max = { value: 92, currency: 'TRY' }
  expect(resolveBid(by(0.1, { max }), capped, 'TRY')).toEqual({ kind: 'change', before: 9_000, target: 9_200 })
})

test.each(['LOWEST_COST_WITHOUT_CAP', 'LOWEST_COST_WITH_MIN_ROAS', null])(
  'a bid is refused under the strategy %s, which has no bid amount',
  (strategy) => {
    expect(resolveBid(by(0.1), { strategy, amount: null }, 'TRY')).toMatchObject({
      kind: 'refused',
      reason: { code: 'bid-none' },
    })
  },
)

test('a bid that was never set can be set to an amount, but not changed by a percentage', () => {
  const unset = { strategy: 'LOWEST_COST_WITH_BID_CAP', amount: null }
  expect(resolveBid(by(0.1), unset, 'TRY')).toMatchObject({ kind: 'refused', reason: { code: 'bid-unset' } })
  const set: BudgetStep = { change: { kind: 'absolute', amount: { value: 80, currency: null } }, min: null, max: null }
  expect(resolveBid(set, unset, 'TRY')).toEqual({ kind: 'change', before: null, target: 8_000 })
})

test('the reasons of a bid step mention the bid and not the budget', () => {
  const set: BudgetStep = { change: { kind: 'absolute', amount: { value: 90, currency: null } }, min: null, max: null }
  expect(resolveBid(set, capped, 'TRY')).toMatchObject({ kind: 'nothing', reason: { code: 'bid-already' } })
  const max = { value: 90, currency: null }
  expect(resolveBid(by(0.1, { max }), capped, 'TRY')).toMatchObject({ kind: 'nothing', reason: { code: 'bid-at-max' } })
})
