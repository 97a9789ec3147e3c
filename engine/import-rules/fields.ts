/** The fields of Meta's rules, and the expressions for them in a rule of tetik. */

/** `money` is a sum or a budget, in whole minor units; `cost` is the cost of one result, which may have fractions of them. */
type Unit = 'money' | 'cost' | 'count' | 'number' | 'percentage' | 'share' | 'hours' | 'text' | 'choice'

export interface TranslatedField {
  /** `<w>` is replaced by the window. */
  readonly expression: string
  readonly unit: Unit
  /** How it differs slightly from Meta's field. */
  readonly note?: string
  /** Whether it is a sum over a window and therefore needs a time preset. */
  readonly windowed: boolean
}

const windowed = (expression: string, unit: Unit, note?: string): TranslatedField => ({
  expression,
  unit,
  windowed: true,
  ...(note === undefined ? {} : { note }),
})
const attribute = (expression: string, unit: Unit): TranslatedField => ({ expression, unit, windowed: false })

const PIXEL_ALONE = (metric: string): string => `${metric} counts all channels; Meta’s rule counts only those of the pixel`
const WEBSITE_ALONE = 'roas counts all purchases; Meta’s rule counts only those on the website'

/** Meta's names of actions, and our metrics for them. With the prefix `cost_per_`, Meta's name is the cost of one action. */
const ACTIONS: Readonly<Record<string, { readonly metric: string; readonly note?: string }>> = {
  link_click: { metric: 'link_clicks' },
  inline_link_click: { metric: 'link_clicks' },
  outbound_click: { metric: 'outbound_clicks' },
  outbound_clicks: { metric: 'outbound_clicks' },
  landing_page_view: { metric: 'landing_page_views' },
  leadgen: { metric: 'leads' },
  lead: { metric: 'leads' },
  lead_fb: { metric: 'leads' },
  purchase: { metric: 'purchases' },
  purchase_fb: { metric: 'purchases' },
  add_to_cart: { metric: 'add_to_cart' },
  add_to_cart_fb: { metric: 'add_to_cart' },
  mobile_app_install: { metric: 'installs' },
  app_install: { metric: 'installs' },
  thruplay: { metric: 'thruplays' },
  video_thruplay_watched_actions: { metric: 'thruplays' },
  'onsite_conversion.messaging_conversation_started_7d': { metric: 'messages' },
  'offsite_conversion.fb_pixel_purchase': { metric: 'purchases', note: PIXEL_ALONE('purchases') },
  'offsite_conversion.fb_pixel_lead': { metric: 'leads', note: PIXEL_ALONE('leads') },
  'offsite_conversion.fb_pixel_add_to_cart': { metric: 'add_to_cart', note: PIXEL_ALONE('add_to_cart') },
}

/** Fields by their full name; `OWNED` handles names with a prefix such as `adset.`. */
const FIELDS: Readonly<Record<string, TranslatedField>> = {
  spent: windowed('spend[<w>]', 'money'),
  today_spent: attribute('spend[today]', 'money'),
  yesterday_spent: attribute('spend[yesterday]', 'money'),
  lifetime_spent: attribute('spend[maximum]', 'money'),
  impressions: windowed('impressions[<w>]', 'count'),
  reach: windowed('reach[<w>]', 'count'),
  frequency: windowed('frequency[<w>]', 'number'),
  clicks: windowed('clicks[<w>]', 'count'),
  results: windowed('results[<w>]', 'count'),
  result: windowed('results[<w>]', 'count'),
  cost_per: windowed('cpa[<w>]', 'cost'),
  cost_per_result: windowed('cpa[<w>]', 'cost'),
  cpa: windowed('cpa[<w>]', 'cost'),
  cpc: windowed('cpc[<w>]', 'cost'),
  cpm: windowed('cpm[<w>]', 'cost'),
  ctr: windowed('ctr[<w>]', 'percentage'),
  link_ctr: windowed('link_ctr[<w>]', 'percentage'),
  inline_link_click_ctr: windowed('link_ctr[<w>]', 'percentage'),
  website_ctr: windowed('link_ctr[<w>]', 'percentage'),
  // A count divided by a count is a plain number here, so Meta's per cent becomes a share.
  outbound_ctr: windowed('outbound_clicks[<w>] / impressions[<w>]', 'share'),
  outbound_clicks_ctr: windowed('outbound_clicks[<w>] / impressions[<w>]', 'share'),
  result_rate: windowed('results[<w>] / impressions[<w>]', 'share'),
  purchase_roas: windowed('roas[<w>]', 'number'),
  website_purchase_roas: windowed('roas[<w>]', 'number', WEBSITE_ALONE),
  name: attribute('name', 'text'),
  id: attribute('id', 'text'),
  effective_status: attribute('effective_status', 'choice'),
  objective: attribute('campaign.objective', 'choice'),
  daily_budget: attribute('daily_budget', 'money'),
  lifetime_budget: attribute('lifetime_budget', 'money'),
  hours_since_creation: attribute('age', 'hours'),
}

const OWNED = /^(campaign|adset|ad)\.(name|id|daily_budget|lifetime_budget|effective_status)$/

/** Returns null if the field has no equivalent. */
export function translateField(field: string): TranslatedField | null {
  const known = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined
  if (known !== undefined) return known
  const [, owner, name] = OWNED.exec(field) ?? []
  if (owner !== undefined && name !== undefined) return { ...FIELDS[name]!, expression: `${owner}.${name}` }
  const [, costs, type] = /^(cost_per_)?(.+)$/.exec(field) ?? []
  const counted = type === undefined ? null : countOf(type)
  if (counted === null) return null
  return costs === undefined
    ? windowed(`${counted.metric}[<w>]`, 'count', counted.note)
    : windowed(`spend[<w>] / ${counted.metric}[<w>]`, 'cost', counted.note)
}

function countOf(type: string): { readonly metric: string; readonly note?: string } | null {
  if (Object.hasOwn(ACTIONS, type)) return ACTIONS[type]!
  const isAction = /^(offsite_conversion|app_custom_event|offline_conversion|onsite_conversion)\.[\w.]+$/.test(type)
  return isAction ? { metric: `action("${type}")` } : null
}

/**
 * Meta's time presets as windows. `LAST_7_DAYS` is today and the six days before, `LAST_7D` the seven days up to yesterday. Insights
 * uses similar names differently.
 */
const WINDOWS: Readonly<Record<string, string>> = {
  TODAY: 'today',
  YESTERDAY: 'yesterday',
  LAST_2_DAYS: '2d',
  LAST_3_DAYS: '3d',
  LAST_7_DAYS: '7d',
  LAST_14_DAYS: '14d',
  LAST_28_DAYS: '28d',
  LAST_30_DAYS: '30d',
  LAST_2D: '2d offset 1d',
  LAST_3D: 'last_3d',
  LAST_7D: 'last_7d',
  LAST_14D: 'last_14d',
  LAST_28D: 'last_28d',
  LAST_30D: 'last_30d',
  THIS_MONTH: 'this_month',
  THIS_WEEK_MON_TODAY: 'this_week_mon_today',
  LIFETIME: 'maximum',
}

export const translateWindow = (preset: string): string | null => (Object.hasOwn(WINDOWS, preset) ? WINDOWS[preset]! : null)
