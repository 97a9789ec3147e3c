/** The smallest daily budgets of the account, in kuruş. Meta has no public table; these are the sandbox's own. */

export const MINIMUM_BUDGETS = {
  currency: 'TRY',
  min_daily_budget_imp: 4_200,
  min_daily_budget_high_freq: 10_500,
  min_daily_budget_low_freq: 10_500,
  min_daily_budget_video_views: 10_500,
} as const

/** By what the ad set is optimised for; a campaign's budget must do for the least of them. */
export function minimumDailyBudget(optimizationGoal: unknown): number {
  switch (optimizationGoal) {
    case 'IMPRESSIONS':
    case 'REACH':
      return MINIMUM_BUDGETS.min_daily_budget_imp
    case 'THRUPLAY':
      return MINIMUM_BUDGETS.min_daily_budget_video_views
    case 'LINK_CLICKS':
    case 'POST_ENGAGEMENT':
      return MINIMUM_BUDGETS.min_daily_budget_high_freq
    default:
      return MINIMUM_BUDGETS.min_daily_budget_low_freq
  }
}
