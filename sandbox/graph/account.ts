/** The ad account as a node. */

import { dayAt } from '../calendar.js'
import { IDENTITY } from '../identity.js'
import type { World } from '../world.js'
import { MINIMUM_BUDGETS } from './minimum-budgets.js'
import { spentUnder } from './node-types.js'

type AccountReader = (world: World, now: number) => unknown

/** Paid by card: the balance is what was spent since the last payment, made on the first of every month. */
const spentSince = (world: World, now: number, since: number): number =>
  world.objects.all('campaign').reduce((sum, campaign) => sum + spentUnder(world, campaign, now, since), 0)

export const ACCOUNT_FIELDS: Record<string, AccountReader> = {
  id: () => `act_${IDENTITY.accountId}`,
  account_id: () => IDENTITY.accountId,
  name: () => IDENTITY.accountName,
  currency: () => IDENTITY.currency,
  timezone_name: () => IDENTITY.timezoneName,
  timezone_id: () => IDENTITY.timezoneId,
  timezone_offset_hours_utc: () => 3,
  account_status: () => 1,
  disable_reason: () => 0,
  min_daily_budget: () => MINIMUM_BUDGETS.min_daily_budget_imp,
  spend_cap: () => '0',
  amount_spent: (world, now) => String(spentSince(world, now, 0)),
  balance: (world, now) => String(spentSince(world, now, dayStartOfMonth(now))),
  business_name: () => 'Moda TR Tekstil A.Ş.',
  business_country_code: () => 'TR',
  age: (world, now) => dayAt(now) - dayAt(world.firstStart) + 400,
}

function dayStartOfMonth(now: number): number {
  const local = new Date(now + 3 * 3_600_000)
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), 1) - 3 * 3_600_000
}
