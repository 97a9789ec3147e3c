/** The minimum daily budgets of an account, in its currency's minor units. Meta publishes no table; these are the sandbox's own. */

import { offsetOf } from '../base/money.js'

export interface MinimumBudgets {
  readonly currency: string
  readonly min_daily_budget_imp: number
  readonly min_daily_budget_high_freq: number
  readonly min_daily_budget_low_freq: number
  readonly min_daily_budget_video_views: number
}

/** The value of a US dollar in each currency. */
const PER_DOLLAR: Readonly<Record<string, number>> = { TRY: 42, EUR: 0.93, USD: 1, GBP: 0.8 }

/** A US dollar for impressions, and two and a half for rarer events. */
export function minimumBudgets(currency: string): MinimumBudgets {
  const least = Math.round((PER_DOLLAR[currency] ?? 1) * offsetOf(currency))
  const rarer = Math.round(2.5 * least)
  return {
    currency,
    min_daily_budget_imp: least,
    min_daily_budget_high_freq: rarer,
    min_daily_budget_low_freq: rarer,
    min_daily_budget_video_views: rarer,
  }
}

/** Returns the minimum spending limit of a campaign: a hundred US dollars. */
export const leastSpendCap = (currency: string): number => 100 * minimumBudgets(currency).min_daily_budget_imp

/** Returns the minimum for an ad set's optimisation goal. */
export function minimumDailyBudget(currency: string, optimizationGoal: unknown): number {
  const minimum = minimumBudgets(currency)
  switch (optimizationGoal) {
    case 'IMPRESSIONS':
    case 'REACH':
      return minimum.min_daily_budget_imp
    case 'THRUPLAY':
      return minimum.min_daily_budget_video_views
    case 'LINK_CLICKS':
    case 'POST_ENGAGEMENT':
      return minimum.min_daily_budget_high_freq
    default:
      return minimum.min_daily_budget_low_freq
  }
}
