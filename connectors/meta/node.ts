/**
 * Types of Meta's accounts, campaigns, ad sets and ads. Field names are Meta's own, so that they can be stored unchanged. Money
 * is in minor units, instants are epoch milliseconds, and a field that an object does not have is null.
 */

export type Level = 'campaign' | 'adset' | 'ad'

/** The statuses that tetik sets with `POST /{id}`. It never archives, and deletes only by `DELETE`. */
export type SettableStatus = 'ACTIVE' | 'PAUSED'

export interface MetaAccount {
  /** `act_…` */
  readonly id: string
  readonly name: string
  /** ISO 4217. */
  readonly currency: string
  /** IANA name. */
  readonly timezone_name: string
  /** 1 is active. */
  readonly account_status: number
  readonly disable_reason: number | null
  readonly min_daily_budget: number | null
  readonly spend_cap: number | null
  readonly amount_spent: number | null
  /** The amount owed. Misleading for prepaid accounts, whose remaining balance is in `funding.text`. */
  readonly balance: number | null
  /** Null if the token may not see how the account is paid for. */
  readonly funding: Funding | null
}

/** How an account is paid for. */
export interface Funding {
  readonly id: string | null
  /** 1 is a card, 2 a Facebook coupon, 20 a prepaid balance. */
  readonly type: number | null
  /** Description in the language of the token's user: `VISA *4242`, `Available Balance (₺1,234.56 TRY)`. */
  readonly text: string | null
}

export interface AdLabel {
  readonly id: string
  readonly name: string | null
}

interface Node {
  readonly id: string
  readonly name: string
  /** As configured: ACTIVE, PAUSED, DELETED, ARCHIVED. */
  readonly status: string
  readonly effective_status: string
  readonly created_time: number
  readonly updated_time: number
  readonly adlabels: readonly AdLabel[]
}

interface Budgeted {
  /** Null if the budget is on the other level; Meta then returns nothing, or 0. */
  readonly daily_budget: number | null
  readonly lifetime_budget: number | null
  readonly budget_remaining: number | null
  /** Null if the bid strategy is set on the other level. */
  readonly bid_strategy: string | null
}

export interface MetaCampaign extends Node, Budgeted {
  readonly level: 'campaign'
  readonly objective: string
  readonly buying_type: string | null
  readonly is_adset_budget_sharing_enabled: boolean | null
  readonly start_time: number | null
  readonly stop_time: number | null
}

export interface MetaAdset extends Node, Budgeted {
  readonly level: 'adset'
  readonly campaign_id: string
  readonly optimization_goal: string
  readonly billing_event: string | null
  readonly bid_amount: number | null
  readonly promoted_object: PromotedObject | null
  readonly attribution_spec: readonly AttributionWindow[]
  readonly learning_stage_info: LearningStage | null
  readonly start_time: number | null
  readonly end_time: number | null
}

export interface MetaAd extends Node {
  readonly level: 'ad'
  readonly campaign_id: string
  readonly adset_id: string
}

/** URLs of an ad's images; they expire after some days. */
export interface AdPicture {
  readonly ad: string
  readonly creative: string | null
  /** 64 pixels wide. */
  readonly thumbnailUrl: string | null
  /** Null if it has no image of its own, for example a video. */
  readonly imageUrl: string | null
}

export type MetaNode = MetaCampaign | MetaAdset | MetaAd

/** What an ad set is optimised for: `{ pixel_id: '123', custom_event_type: 'PURCHASE' }`. Only texts and numbers are kept. */
export type PromotedObject = Readonly<Record<string, string>>

export interface AttributionWindow {
  /** CLICK_THROUGH, VIEW_THROUGH, ENGAGED_VIDEO_VIEW */
  readonly event_type: string
  readonly window_days: number
}

export interface LearningStage {
  /** LEARNING, SUCCESS or FAIL; null if Meta gives none. */
  readonly status: string | null
  readonly conversions: number | null
  readonly last_sig_edit_ts: number | null
}

/** Smallest daily budgets of an ad account in minor units, one row for each currency. */
export interface MinimumBudget {
  readonly currency: string
  readonly min_daily_budget_imp: number
  readonly min_daily_budget_high_freq: number
  readonly min_daily_budget_low_freq: number
  readonly min_daily_budget_video_views: number
}
