import { expect, it } from 'vitest'

import { MODA } from '../accounts/moda.js'
import { DAY, HOUR, MINUTE } from '../base/calendar.js'
import { ACCOUNT_FIELDS } from '../reading/account.js'
import { spentUnder } from '../reading/node-types.js'
import { openDatabase } from '../state/database.js'
import { openWorlds, type World } from '../world/world.js'
import type { Account, Payment } from './account.js'

const FIRST = Date.parse('2026-03-11T14:30:00+03:00')

function worldOf(payment: Payment): World {
  const account: Account = { ...MODA, payment }
  return openWorlds(openDatabase(null), [account], { seed: 1905, now: () => FIRST, tier: 'standard_access' }).first
}

const spent = (world: World, at: number): number =>
  world.objects.all('campaign').reduce((sum, campaign) => sum + spentUnder(world, campaign, at, 0), 0)
const read = (world: World, field: string, at: number): unknown => ACCOUNT_FIELDS[field]?.(world, at)
const left = (world: World, at: number): string =>
  (read(world, 'funding_source_details', at) as { display_string: string }).display_string

it('nothing is delivered after the card was declined, and the account is unsettled', () => {
  const world = worldOf({ card: 'VISA *1', refusedHoursBefore: 3 })
  const refused = FIRST - 3 * HOUR
  expect([refused - 1, refused].map((at) => read(world, 'account_status', at))).toEqual([1, 3])
  expect(spent(world, refused - HOUR)).toBeLessThan(spent(world, refused))
  for (const at of [FIRST, FIRST + 2 * DAY]) expect(spent(world, at)).toBe(spent(world, refused))
})

it('a prepaid balance falls by the spend, and delivery ends when it is used up', () => {
  const before = spent(worldOf({ card: 'VISA *1' }), FIRST)
  const world = worldOf({ prepaid: 600_000 })
  expect(read(world, 'funding_source_details', FIRST)).toEqual({
    id: '41007788990011',
    display_string: 'Available Balance (₺6,000.00 TRY)',
    type: 20,
  })
  let last = 600_000
  for (let at = FIRST + HOUR; at < FIRST + 2 * DAY; at += HOUR) {
    const now = Math.max(0, 600_000 - (spent(world, at) - before))
    expect(left(world, at)).toBe(`Available Balance (₺${(now / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })} TRY)`)
    expect(now).toBeLessThanOrEqual(last)
    last = now
  }
  expect([last, left(world, FIRST + 9 * DAY)]).toEqual([0, 'Available Balance (₺0.00 TRY)'])
  // The minute of delivery that was in progress when the last lira was spent.
  expect(spent(world, FIRST + 9 * DAY) - before - 600_000).toBeLessThan(2_000)
  expect(read(world, 'account_status', FIRST + 9 * DAY)).toBe(1)
})

it('a question about a moment before the end is answered as of that moment', () => {
  const [asked, never] = [worldOf({ prepaid: 300_000 }), worldOf({ prepaid: 300_000 })]
  spent(asked, FIRST + 5 * DAY)
  for (const at of [FIRST, FIRST + 10 * MINUTE, FIRST + HOUR]) expect(spent(asked, at)).toBe(spent(never, at))
})

it('a spending limit counts the spend, and ends delivery when it is reached', () => {
  const world = worldOf({ card: 'VISA *1', spendCap: { amount: 5_000_000, left: 400_000 } })
  expect([read(world, 'spend_cap', FIRST), read(world, 'amount_spent', FIRST)]).toEqual(['5000000', '4600000'])
  expect(Number(read(world, 'amount_spent', FIRST + HOUR))).toBeGreaterThan(4_600_000)
  expect(read(world, 'amount_spent', FIRST + 3 * DAY)).toBe('5000000')
  expect(spent(world, FIRST + 3 * DAY)).toBe(spent(world, FIRST + 9 * DAY))
})
