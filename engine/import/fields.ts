/** What Meta's rules may ask about, and what that is called in a rule of tetik. */

type Unit = 'money' | 'count' | 'number' | 'percentage' | 'hours' | 'text' | 'choice'

export interface TranslatedField {
  /** `<w>` stands for the window. */
  readonly expression: string
  readonly unit: Unit
  /** What differs all the same. */
  readonly note?: string
  /** Whether it is a sum over a window, and so needs a time preset. */
  readonly windowed: boolean
}

const windowed = (expression: string, unit: Unit, note?: string): TranslatedField => ({
  expression,
  unit,
  windowed: true,
  ...(note === undefined ? {} : { note }),
})
const attribute = (expression: string, unit: Unit): TranslatedField => ({ expression, unit, windowed: false })

/** Of a whole name; `adset.` and the like before it are read apart. */
const FIELDS: Readonly<Record<string, TranslatedField>> = {
  spent: windowed('spend[<w>]', 'money'),
  today_spent: attribute('spend[today]', 'money'),
  yesterday_spent: attribute('spend[yesterday]', 'money'),
  lifetime_spent: attribute('spend[maximum]', 'money'),
  impressions: windowed('impressions[<w>]', 'count'),
  reach: windowed('reach[<w>]', 'count'),
  frequency: windowed('frequency[<w>]', 'number'),
  clicks: windowed('clicks[<w>]', 'count'),
  link_click: windowed('link_clicks[<w>]', 'count'),
  results: windowed('results[<w>]', 'count'),
  leadgen: windowed('leads[<w>]', 'count'),
  'offsite_conversion.fb_pixel_purchase': windowed(
    'purchases[<w>]',
    'count',
    'purchases count every channel, Meta’s rule the pixel’s alone',
  ),
  cost_per: windowed('cpa[<w>]', 'money'),
  cpa: windowed('cpa[<w>]', 'money'),
  cpc: windowed('cpc[<w>]', 'money'),
  cpm: windowed('cpm[<w>]', 'money'),
  ctr: windowed('ctr[<w>]', 'percentage'),
  link_ctr: windowed('link_ctr[<w>]', 'percentage'),
  cost_per_link_click: windowed('spend[<w>] / link_clicks[<w>]', 'money'),
  cost_per_purchase_fb: windowed('spend[<w>] / purchases[<w>]', 'money'),
  cost_per_lead_fb: windowed('spend[<w>] / leads[<w>]', 'money'),
  cost_per_add_to_cart_fb: windowed('spend[<w>] / add_to_cart[<w>]', 'money'),
  website_purchase_roas: windowed(
    'roas[<w>]',
    'number',
    'roas is that of all purchases, Meta’s rule looks at the website’s alone',
  ),
  name: attribute('name', 'text'),
  id: attribute('id', 'text'),
  effective_status: attribute('effective_status', 'choice'),
  objective: attribute('campaign.objective', 'choice'),
  daily_budget: attribute('daily_budget', 'money'),
  lifetime_budget: attribute('lifetime_budget', 'money'),
  hours_since_creation: attribute('age', 'hours'),
}

const OWNED = /^(campaign|adset|ad)\.(name|id|daily_budget|lifetime_budget|effective_status)$/

/** Null for what has no equal. */
export function translateField(field: string): TranslatedField | null {
  const known = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined
  if (known !== undefined) return known
  const [, owner, name] = OWNED.exec(field) ?? []
  if (owner !== undefined && name !== undefined) return { ...FIELDS[name]!, expression: `${owner}.${name}` }
  if (/^(offsite_conversion|app_custom_event|offline_conversion|onsite_conversion)\.[\w.]+$/.test(field)) {
    return windowed(`action("${field}")[<w>]`, 'count')
  }
  return null
}

/**
 * Meta's time presets as windows. Those without a `D` of their own include today, though Insights has the same names without it:
 * `LAST_7_DAYS` is today and the six days before, `LAST_7D` the seven days up to yesterday.
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
