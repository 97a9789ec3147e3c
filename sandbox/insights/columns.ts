/** The columns of insights: how each is worked out from the totals. Everything Meta answers here is text, money in the major unit. */

import type { Account } from '../accounts/account.js'
import { fieldsOf } from '../catalog/catalog.js'
import { majorText, offsetOf } from '../money.js'
import { WINDOWS, type AttributionWindow, type ByWindow, type Totals } from './totals.js'

export interface ActionStats {
  action_type: string
  value: string
  [window: string]: string
}

export interface ColumnContext {
  readonly account: Account
  readonly totals: Totals
  /** Windows that were asked for by name; null for the ad sets' own setting alone. */
  readonly windows: readonly string[] | null
  /** People reached; null where it can't be had (by hour). */
  readonly reach: number | null
}

type Column = (context: ColumnContext) => string | ActionStats[] | undefined

const ratio = (part: number, whole: number, digits = 6): string | undefined =>
  whole > 0 ? String(Number((part / whole).toFixed(digits))) : undefined

/** Actions that are counted at once, each in its day, and the counter they come from. */
const SIMPLE_ACTIONS = {
  link_click: 'linkClicks',
  landing_page_view: 'landingPageViews',
  omni_landing_page_view: 'landingPageViews',
  view_content: 'contentViews',
  omni_view_content: 'contentViews',
  'offsite_conversion.fb_pixel_view_content': 'contentViews',
  add_to_cart: 'addsToCart',
  omni_add_to_cart: 'addsToCart',
  'offsite_conversion.fb_pixel_add_to_cart': 'addsToCart',
  initiate_checkout: 'checkouts',
  omni_initiated_checkout: 'checkouts',
  'offsite_conversion.fb_pixel_initiate_checkout': 'checkouts',
  video_view: 'videoViews',
  post_reaction: 'reactions',
} as const

/** One purchase appears under each of these: they overlap and must not be added up. */
export const PURCHASE_TYPES = ['purchase', 'omni_purchase', 'offsite_conversion.fb_pixel_purchase'] as const

const clicked = (count: number): ByWindow => ({
  value: count,
  '1d_click': count,
  '7d_click': count,
  '28d_click': count,
  '1d_view': 0,
})

/** One entry of a list of actions; undefined when nothing of it happened. Windows without any are left out. */
function stats(
  type: string,
  byWindow: ByWindow,
  context: ColumnContext,
  text: (value: number) => string,
): ActionStats | undefined {
  const wanted = WINDOWS.filter((window) => context.windows?.includes(window))
  const shown = wanted.filter((window: AttributionWindow) => byWindow[window] > 0)
  if (byWindow.value === 0 && shown.length === 0) return undefined
  return {
    action_type: type,
    value: text(byWindow.value),
    ...Object.fromEntries(shown.map((window) => [window, text(byWindow[window])])),
  }
}

const present = (list: Array<ActionStats | undefined>): ActionStats[] | undefined => {
  const there = list.filter((entry) => entry !== undefined)
  return there.length > 0 ? there : undefined
}

const simple = ({ totals }: ColumnContext): Array<[string, ByWindow]> =>
  Object.entries(SIMPLE_ACTIONS).map(([type, counter]) => [type, clicked(totals.counters[counter])])
const conversions = ({ totals }: ColumnContext): Array<[string, ByWindow]> =>
  PURCHASE_TYPES.map((type) => [type, totals.purchases])

/** Spend over each count, and revenue over spend, window by window. */
const costs = (byWindow: ByWindow, spend: number): ByWindow => mapWindows(byWindow, (count) => (count > 0 ? spend / count : 0))
const returns = (byWindow: ByWindow, spend: number): ByWindow => mapWindows(byWindow, (value) => (spend > 0 ? value / spend : 0))
const mapWindows = (byWindow: ByWindow, change: (value: number) => number): ByWindow =>
  Object.fromEntries(Object.entries(byWindow).map(([window, value]) => [window, change(value)])) as ByWindow

const listOf =
  (type: string, count: (totals: Totals) => number): Column =>
  (context) =>
    present([stats(type, clicked(count(context.totals)), context, String)])
const fine = (value: number, { currency }: Account): string => String(Number((value / offsetOf(currency)).toFixed(6)))

export const COLUMNS: Record<string, Column> = {
  spend: ({ totals, account }) => majorText(totals.counters.spend, account.currency),
  impressions: ({ totals }) => String(totals.counters.impressions),
  clicks: ({ totals }) => String(totals.counters.clicks),
  inline_link_clicks: ({ totals }) => (totals.counters.linkClicks > 0 ? String(totals.counters.linkClicks) : undefined),
  reach: ({ reach }) => (reach === null ? undefined : String(reach)),
  frequency: ({ reach, totals }) => (reach === null ? undefined : ratio(totals.counters.impressions, reach)),
  ctr: ({ totals: { counters } }) => ratio(100 * counters.clicks, counters.impressions),
  inline_link_click_ctr: ({ totals: { counters } }) => ratio(100 * counters.linkClicks, counters.impressions),
  cpc: ({ totals: { counters }, account }) => ratio(counters.spend / offsetOf(account.currency), counters.clicks),
  cpm: ({ totals: { counters }, account }) => ratio((1000 * counters.spend) / offsetOf(account.currency), counters.impressions),
  cpp: ({ totals, reach, account }) =>
    reach === null ? undefined : ratio((1000 * totals.counters.spend) / offsetOf(account.currency), reach),
  cost_per_inline_link_click: ({ totals: { counters }, account }) =>
    ratio(counters.spend / offsetOf(account.currency), counters.linkClicks),
  actions: (context) =>
    present([...simple(context), ...conversions(context)].map(([type, count]) => stats(type, count, context, String))),
  action_values: (context) =>
    present(
      PURCHASE_TYPES.map((type) =>
        stats(type, context.totals.revenue, context, (value) => majorText(value, context.account.currency)),
      ),
    ),
  cost_per_action_type: (context) =>
    present(
      [...simple(context), ...conversions(context)].map(([type, count]) =>
        stats(type, costs(count, context.totals.counters.spend), context, (value) => fine(value, context.account)),
      ),
    ),
  purchase_roas: (context) => present([stats('omni_purchase', returnsOf(context), context, decimals)]),
  website_purchase_roas: (context) =>
    present([stats('offsite_conversion.fb_pixel_purchase', returnsOf(context), context, decimals)]),
  outbound_clicks: listOf('outbound_click', ({ counters }) => counters.outboundClicks),
  video_play_actions: listOf('video_view', ({ counters }) =>
    Math.max(counters.videoViews, Math.floor(counters.videoViews * 1.6)),
  ),
  video_thruplay_watched_actions: listOf('video_view', ({ counters }) => counters.thruplays),
  account_currency: ({ account }) => account.currency,
  account_id: ({ account }) => account.id,
  account_name: ({ account }) => account.name,
}

const returnsOf = ({ totals }: ColumnContext): ByWindow => returns(totals.revenue, totals.counters.spend)
const decimals = (value: number): string => String(Number(value.toFixed(6)))

/** Columns that name the object of a row; how, is told in `rows.ts`. */
export const OBJECT_COLUMNS: readonly string[] = [
  'campaign_id',
  'campaign_name',
  'adset_id',
  'adset_name',
  'ad_id',
  'ad_name',
  'objective',
  'buying_type',
  'optimization_goal',
  'attribution_setting',
  'created_time',
  'updated_time',
  'date_start',
  'date_stop',
]

/** What Meta documents and the sandbox has no number for is left out of every row, as Meta does. */
export const FIELD_NAMES: ReadonlySet<string> = new Set([...Object.keys(COLUMNS), ...OBJECT_COLUMNS, ...fieldsOf('AdsInsights')])
