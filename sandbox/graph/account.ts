/** The ad account as a node. */

import { HOUR, monthStart } from '../calendar.js'
import type { World } from '../world.js'
import { minimumBudgets } from './minimum-budgets.js'
import { spentUnder } from './node-types.js'

type AccountReader = (world: World, now: number) => unknown

/** Paid by card: the balance is what was spent since the last payment, made on the first of every month. */
const spentSince = (world: World, now: number, since: number): number =>
  world.objects.all('campaign').reduce((sum, campaign) => sum + spentUnder(world, campaign, now, since), 0)

export const ACCOUNT_FIELDS: Record<string, AccountReader> = {
  id: ({ account }) => `act_${account.id}`,
  account_id: ({ account }) => account.id,
  name: ({ account }) => account.name,
  currency: ({ account }) => account.currency,
  timezone_name: ({ account }) => account.timezoneName,
  timezone_id: ({ account }) => account.timezoneId,
  timezone_offset_hours_utc: ({ calendar }, now) => calendar.offsetAt(now) / HOUR,
  account_status: () => 1,
  disable_reason: () => 0,
  min_daily_budget: ({ account }) => minimumBudgets(account.currency).min_daily_budget_imp,
  spend_cap: () => '0',
  amount_spent: (world, now) => String(spentSince(world, now, 0)),
  balance: (world, now) => String(spentSince(world, now, startOfMonth(world, now))),
  business_name: ({ account }) => account.business.name,
  business_country_code: ({ account }) => account.business.country,
  age: ({ calendar, firstStart }, now) => calendar.dayAt(now) - calendar.dayAt(firstStart) + 400,
}

const startOfMonth = ({ calendar }: World, now: number): number => calendar.dayStart(monthStart(calendar.dayAt(now)))
