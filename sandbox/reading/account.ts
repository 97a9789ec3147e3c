/** The ad account as a node. */

import { HOUR, monthStart } from '../base/calendar.js'
import { moneyText } from '../base/money.js'
import type { Account } from '../delivery/account.js'
import type { World } from '../world/world.js'
import { minimumBudgets } from './minimum-budgets.js'
import { spentUnder } from './node-types.js'

type AccountReader = (world: World, now: number) => unknown

/** Returns the spend since an instant. The balance is the spend since the last payment, which is on the first of every month. */
const spentSince = (world: World, now: number, since: number): number =>
  world.objects.all('campaign').reduce((sum, campaign) => sum + spentUnder(world, campaign, now, since), 0)

/** Returns the amount spent; for an account with a spending limit what counts against it. */
function amountSpent(world: World, now: number): string {
  const { spendCap } = world.account.payment
  if (spendCap === undefined) return String(spentSince(world, now, 0))
  return String(spendCap.amount - spendCap.left + world.delivery.purse.spentBy(now))
}

const fundingId = ({ number }: Account): string => `41${String(number).padStart(2, '0')}7788990011`

/** Type 1 is a card, type 20 a prepaid balance. As at Meta, only the text contains the remaining balance. */
function fundingDetails({ account, delivery }: World, now: number): Record<string, unknown> {
  const { card, prepaid } = account.payment
  if (prepaid === undefined) return { id: fundingId(account), display_string: card, type: 1 }
  const left = moneyText(prepaid - delivery.purse.spentBy(now), account.currency, true)
  return { id: fundingId(account), display_string: `Available Balance (${left} ${account.currency})`, type: 20 }
}

export const ACCOUNT_FIELDS: Record<string, AccountReader> = {
  id: ({ account }) => `act_${account.id}`,
  account_id: ({ account }) => account.id,
  name: ({ account }) => account.name,
  currency: ({ account }) => account.currency,
  timezone_name: ({ account }) => account.timezoneName,
  timezone_id: ({ account }) => account.timezoneId,
  timezone_offset_hours_utc: ({ calendar }, now) => calendar.offsetAt(now) / HOUR,
  // 3 is unsettled: the card was declined, and nothing is delivered until the debt is paid.
  account_status: ({ delivery }, now) => (delivery.purse.isRefused(now) ? 3 : 1),
  disable_reason: () => 0,
  min_daily_budget: ({ account }) => minimumBudgets(account.currency).min_daily_budget_imp,
  spend_cap: ({ account }) => String(account.payment.spendCap?.amount ?? 0),
  amount_spent: amountSpent,
  balance: (world, now) => String(spentSince(world, now, startOfMonth(world, now))),
  business_name: ({ account }) => account.business.name,
  business_country_code: ({ account }) => account.business.country,
  is_prepay_account: ({ account }) => account.payment.prepaid !== undefined,
  funding_source: ({ account }) => fundingId(account),
  funding_source_details: fundingDetails,
  age: ({ calendar, firstStart }, now) => calendar.dayAt(now) - calendar.dayAt(firstStart) + 400,
}

const startOfMonth = ({ calendar }: World, now: number): number => calendar.dayStart(monthStart(calendar.dayAt(now)))
