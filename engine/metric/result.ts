/** What `results` counts: what the ad set is optimised for, else what its account names, else purchases. */

import { findMetric } from './catalogue.js'
import { measureOfActionType } from './actions.js'

/** Measures of Meta's optimisation goals (Marketing API v26.0, `optimization_goal` of an ad set) that name one by themselves. */
const GOALS: Readonly<Record<string, string>> = {
  APP_INSTALLS: 'installs',
  CONVERSATIONS: 'messages',
  IMPRESSIONS: 'impressions',
  LANDING_PAGE_VIEWS: 'landing_page_views',
  LEAD_GENERATION: 'leads',
  LINK_CLICKS: 'link_clicks',
  QUALITY_LEAD: 'leads',
  REACH: 'reach',
  THRUPLAY: 'thruplays',
  VALUE: 'purchases',
}

/** Measures of the pixel and app events (`custom_event_type` of a promoted object) that have a name of their own. */
const EVENTS: Readonly<Record<string, string>> = {
  ADD_TO_CART: 'add_to_cart',
  LEAD: 'leads',
  PURCHASE: 'purchases',
}

/** Goals that count the event which the promoted object names. */
const EVENT_GOALS = new Set(['OFFSITE_CONVERSIONS', 'ONSITE_CONVERSIONS', 'APP_INSTALLS_AND_OFFSITE_CONVERSIONS'])

/**
 * The measure that an ad set's results are counted in, or null where its goal names none that we know; then the account's
 * own result counts. An event without a name of its own is its pixel action (`action:offsite_conversion.fb_pixel_search`).
 */
export function resultOfGoal(goal: string | null, customEventType: string | null): string | null {
  if (goal === null) return null
  if (!EVENT_GOALS.has(goal)) return GOALS[goal] ?? null
  if (customEventType === null || customEventType === 'OTHER') return null
  return EVENTS[customEventType] ?? `action:offsite_conversion.fb_pixel_${customEventType.toLowerCase()}`
}

/**
 * The measure that a person means by `result: purchases` or by an action type such as `omni_purchase`; null where it is
 * neither. Ratios are no results.
 */
export function resultMeasure(name: string): string | null {
  const metric = findMetric(name)
  if (metric) return metric.made.kind === 'sum' && metric.unit === 'count' && name !== 'results' ? metric.made.measure : null
  const type = name.startsWith('action:') ? name.slice('action:'.length) : name
  const measure = measureOfActionType(type)
  if (measure !== null) return measure
  return /[._]/.test(type) ? `action:${type}` : null
}
