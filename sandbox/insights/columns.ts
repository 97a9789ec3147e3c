/** Computes the columns of insights from the totals. As at Meta, all values are text, and money is in the major unit. */

import { majorText, offsetOf } from '../base/money.js'
import { fieldsOf } from '../catalog/catalog.js'
import type { Account } from '../delivery/account.js'
import type { Outcome } from '../delivery/outcome.js'
import { type AttributionWindow, type ByWindow, type OutcomeTotals, type Totals, WINDOWS } from './totals.js'

export interface ActionStats {
  action_type: string
  value: string
  [window: string]: string
}

interface ColumnContext {
  readonly account: Account
  readonly totals: Totals
  /** The goals of the row's ad sets, each once. */
  readonly goals: readonly RowGoal[]
  /** Whether results outside of Meta are left out, as Meta may do by the hour and does for several attribution settings. */
  readonly withoutOffMeta: boolean
  /** Windows that were requested by name; null for the ad sets' own setting only. */
  readonly windows: readonly string[] | null
  /** People reached; null if not available (by hour). */
  readonly reach: number | null
}

/** An ad set's `optimization_goal` and its kind of result. */
export interface RowGoal {
  readonly goal: string
  readonly outcome: Outcome
}

export interface ResultStats {
  indicator: string
  values?: Array<{ value: string; attribution_windows?: string[] }>
}

type Column = (context: ColumnContext) => string | ActionStats[] | ResultStats[] | undefined

const ratio = (part: number, whole: number, digits = 6): string | undefined =>
  whole > 0 ? String(Number((part / whole).toFixed(digits))) : undefined

/** Actions that are counted without delay, with the counter that they come from. */
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

/** Those of the actions above that happen on the website, which hourly rows may lack. */
const OFF_META: ReadonlySet<string> = new Set(['landingPageViews', 'contentViews', 'addsToCart', 'checkouts'])

const clicked = (count: number): ByWindow => ({
  value: count,
  '1d_click': count,
  '7d_click': count,
  '28d_click': count,
  '1d_view': 0,
})

/** Returns one entry of a list of actions; undefined if there were none. Windows without any are left out. */
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

/** Returns the counts of all actions of a list by type; counts of the same type are added up. */
function countsIn(field: 'actions' | 'conversions', context: ColumnContext): Map<string, ByWindow> {
  const { totals, withoutOffMeta } = context
  const counts = new Map<string, ByWindow>()
  const add = (type: string, more: ByWindow): void => {
    const known = counts.get(type)
    counts.set(type, known ? mapWindows(known, (value, window) => value + more[window]) : more)
  }
  if (field === 'actions') {
    for (const [type, counter] of Object.entries(SIMPLE_ACTIONS)) {
      if (!withoutOffMeta || !OFF_META.has(counter)) add(type, clicked(totals.counters[counter]))
    }
    add('post_engagement', clicked(engagements(totals)))
    add('page_engagement', clicked(engagements(totals)))
  }
  for (const { outcome, counts: of } of shownOutcomes(context)) {
    if (outcome.field === field) for (const type of outcome.types) add(type, of)
  }
  return counts
}

/** Returns the values of results outside of Meta, by type. */
function valuesIn(field: 'actions' | 'conversions', context: ColumnContext): Map<string, ByWindow> {
  const sums = new Map<string, ByWindow>()
  for (const { outcome, values } of shownOutcomes(context)) {
    if (outcome.field !== field || !outcome.offMeta) continue
    for (const type of outcome.types) {
      const known = sums.get(type)
      sums.set(type, known ? mapWindows(known, (value, window) => value + values[window]) : values)
    }
  }
  return sums
}

const shownOutcomes = ({ totals, withoutOffMeta }: ColumnContext): OutcomeTotals[] =>
  [...totals.outcomes.values()].filter(({ outcome }) => !(withoutOffMeta && outcome.offMeta))

const engagements = ({ counters }: Totals): number => counters.linkClicks + counters.reactions + counters.videoViews

/** Goals without an outcome of their own, with the field or action that they count. */
const BY_GOAL: Readonly<Record<string, readonly [indicator: string, count: (context: ColumnContext) => number | null]>> = {
  IMPRESSIONS: ['impressions', ({ totals }) => totals.counters.impressions],
  LANDING_PAGE_VIEWS: ['actions:omni_landing_page_view', ({ totals }) => totals.counters.landingPageViews],
  LINK_CLICKS: ['actions:link_click', ({ totals }) => totals.counters.linkClicks],
  POST_ENGAGEMENT: ['actions:post_engagement', ({ totals }) => engagements(totals)],
  REACH: ['reach', ({ reach }) => reach],
  THRUPLAY: ['video_thruplay_watched_actions', ({ totals }) => totals.counters.thruplays],
}

/** Returns `results` as live accounts do: `mixed` if the ad sets' goals differ, and without `values` if there are no results. */
function results(context: ColumnContext): ResultStats[] | undefined {
  const [first] = context.goals
  if (first === undefined) return undefined
  const kinds = new Set(context.goals.map(({ goal, outcome }) => BY_GOAL[goal]?.[0] ?? outcome.indicator))
  if (kinds.size > 1) return [{ indicator: 'mixed' }]
  const counted = BY_GOAL[first.goal]
  const [indicator, value] = counted
    ? [counted[0], counted[1](context)]
    : [first.outcome.indicator, context.totals.outcomes.get(first.outcome.kind)?.counts.value ?? 0]
  if (value === null || value === 0) return [{ indicator }]
  const windows = indicator.includes(':') ? { attribution_windows: ['default'] } : {}
  return [{ indicator, values: [{ value: String(value), ...windows }] }]
}

/** Return spend divided by each count, and revenue divided by spend, for each window. */
const costs = (byWindow: ByWindow, spend: number): ByWindow => mapWindows(byWindow, (count) => (count > 0 ? spend / count : 0))
const returns = (byWindow: ByWindow, spend: number): ByWindow => mapWindows(byWindow, (value) => (spend > 0 ? value / spend : 0))
const mapWindows = (byWindow: ByWindow, change: (value: number, window: keyof ByWindow) => number): ByWindow =>
  Object.fromEntries(
    Object.entries(byWindow).map(([window, value]) => [window, change(value, window as keyof ByWindow)]),
  ) as ByWindow

const listed = (
  counts: ReadonlyMap<string, ByWindow>,
  context: ColumnContext,
  text: (value: number) => string,
): ActionStats[] | undefined => present([...counts].map(([type, count]) => stats(type, count, context, text)))

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
  actions: (context) => listed(countsIn('actions', context), context, String),
  action_values: (context) =>
    listed(valuesIn('actions', context), context, (value) => majorText(value, context.account.currency)),
  conversions: (context) => listed(countsIn('conversions', context), context, String),
  conversion_values: (context) =>
    listed(valuesIn('conversions', context), context, (value) => majorText(value, context.account.currency)),
  cost_per_action_type: (context) =>
    listed(
      new Map([...countsIn('actions', context)].map(([type, count]) => [type, costs(count, context.totals.counters.spend)])),
      context,
      (value) => fine(value, context.account),
    ),
  results,
  purchase_roas: (context) => returnsAs('omni_purchase', context),
  website_purchase_roas: (context) => returnsAs('offsite_conversion.fb_pixel_purchase', context),
  outbound_clicks: listOf('outbound_click', ({ counters }) => counters.outboundClicks),
  video_play_actions: listOf('video_view', ({ counters }) =>
    Math.max(counters.videoViews, Math.floor(counters.videoViews * 1.6)),
  ),
  video_thruplay_watched_actions: listOf('video_view', ({ counters }) => counters.thruplays),
  account_currency: ({ account }) => account.currency,
  account_id: ({ account }) => account.id,
  account_name: ({ account }) => account.name,
}

const returnsAs = (type: string, context: ColumnContext): ActionStats[] | undefined =>
  context.withoutOffMeta ? undefined : present([stats(type, returnsOf(context), context, decimals)])
const returnsOf = ({ totals }: ColumnContext): ByWindow => returns(totals.revenue, totals.counters.spend)
const decimals = (value: number): string => String(Number(value.toFixed(6)))

/** Columns that name the object of a row; `rows.ts` fills them. */
const OBJECT_COLUMNS: readonly string[] = [
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

/** Fields that Meta documents but the sandbox has no values for are left out of every row, as Meta does. */
export const FIELD_NAMES: ReadonlySet<string> = new Set([...Object.keys(COLUMNS), ...OBJECT_COLUMNS, ...fieldsOf('AdsInsights')])
