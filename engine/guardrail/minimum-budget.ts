/**
 * Meta's smallest daily budget for an ad set. Source: Marketing API, "Minimum Budgets": it depends on how frequent the event is
 * that the ad set is optimised for. With a bid cap it is at least one bid for impressions, and five bids for rarer events.
 */

/** A row of Meta's `minimum_budgets`, in minor units. */
interface MinimumBudgetRow {
  readonly currency: string
  readonly min_daily_budget_imp: number
  readonly min_daily_budget_high_freq: number
  readonly min_daily_budget_low_freq: number
  readonly min_daily_budget_video_views: number
}

export interface MinimumBudgets {
  /** The account's `min_daily_budget`; null if Meta gives none. */
  readonly least: number | null
  readonly rows: readonly MinimumBudgetRow[]
}

export interface Optimised {
  readonly goal: string | null
  readonly bidStrategy: string | null
  /** Minor units. */
  readonly bidAmount: number | null
}

type Kind = Exclude<keyof MinimumBudgetRow, 'currency'>

const KINDS: Readonly<Record<string, Kind>> = {
  IMPRESSIONS: 'min_daily_budget_imp',
  REACH: 'min_daily_budget_imp',
  AD_RECALL_LIFT: 'min_daily_budget_imp',
  THRUPLAY: 'min_daily_budget_video_views',
  TWO_SECOND_CONTINUOUS_VIDEO_VIEWS: 'min_daily_budget_video_views',
  LINK_CLICKS: 'min_daily_budget_high_freq',
  POST_ENGAGEMENT: 'min_daily_budget_high_freq',
  PAGE_LIKES: 'min_daily_budget_high_freq',
  OFFSITE_CONVERSIONS: 'min_daily_budget_low_freq',
  VALUE: 'min_daily_budget_low_freq',
  LEAD_GENERATION: 'min_daily_budget_low_freq',
  QUALITY_LEAD: 'min_daily_budget_low_freq',
  APP_INSTALLS: 'min_daily_budget_low_freq',
}

/**
 * Returns the smallest daily budget in minor units; null if not known. For a goal that is not in the table the smallest minimum
 * applies, so that no budget is refused that Meta would accept.
 */
export function smallestDailyBudget(
  { least, rows }: MinimumBudgets,
  currency: string,
  { goal, bidStrategy, bidAmount }: Optimised,
): number | null {
  const row = rows.find((candidate) => candidate.currency === currency)
  const kind = KINDS[goal ?? ''] ?? 'min_daily_budget_imp'
  const budget = row === undefined ? least : Math.max(row[kind], least ?? 0)
  if (bidStrategy !== 'LOWEST_COST_WITH_BID_CAP' || bidAmount === null || goal === null) return budget
  return Math.max(budget ?? 0, kind === 'min_daily_budget_imp' ? bidAmount : 5 * bidAmount)
}
