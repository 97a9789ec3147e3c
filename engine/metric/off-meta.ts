/**
 * What happens off Meta, on a website or in an app: Meta learns of it from the pixel or an SDK, and may leave it out of rows by
 * the hour. Source: Marketing API, "Insights API Breakdowns", restrictions for off-Meta action metrics: with the hourly breakdowns
 * (type 1) "the Insights API will not return unsupported offsite metrics". Some accounts are given them all the same, which is why
 * each account is judged by its own rows.
 */

import { findMetric } from './catalogue.js'

/** Measures of the catalogue that hold nothing else. */
const OFF_META_MEASURES = ['purchases', 'add_to_cart', 'installs']
/** Leads are of forms on Meta and of websites, in one number; landing pages are counted by the pixel. */
const PARTLY: readonly string[] = ['leads', 'revenue', 'landing_page_views']

/** Action types that certainly happen off Meta. Others may: a sum of several channels, or a type that is new. */
const isOffMetaType = (type: string): boolean =>
  /^(?:offsite_conversion|app_custom_event)\./.test(type) ||
  /_(?:website|mobile_app|offline)$/.test(type) ||
  type === 'mobile_app_install'

const ON_META_TYPES = new Set([
  'link_click',
  'outbound_click',
  'video_view',
  'page_engagement',
  'post_engagement',
  'post_reaction',
  'post',
  'comment',
  'like',
  'photo_view',
  'rsvp',
  'checkin',
  'leadgen_grouped',
  'leadgen.other',
])
const isOnMetaType = (type: string): boolean => ON_META_TYPES.has(type) || /^(?:onsite_conversion\.|click_to_call_)/.test(type)

/** Whether rows by the hour may lack the measure, so that its hours are worth no more than the account's hours are. */
export function mayMissByHour(measure: string): boolean {
  const type = /^(?:action|value):(.+)$/.exec(measure)?.[1]
  if (type !== undefined) return !isOnMetaType(type)
  return measure === 'results' || OFF_META_MEASURES.includes(measure) || PARTLY.includes(measure)
}

/** Whether a metric is made of such a measure: `cpa`, `roas`, `purchases`. */
export function metricMayMissByHour(metric: string, actionType: string | null): boolean {
  if (actionType !== null) return mayMissByHour(`action:${actionType}`)
  const made = findMetric(metric)?.made
  if (made === undefined || made.kind === 'asked') return false
  return made.kind === 'sum' ? mayMissByHour(made.measure) : [made.numerator, made.denominator].some(mayMissByHour)
}

/** How much of a row certainly happened off Meta. A count for comparing rows: one conversion is in it several times. */
export function offMetaActions(measures: Readonly<Record<string, number | null>>): number {
  let sum = 0
  for (const key in measures) {
    const counts = key.startsWith('action:') ? isOffMetaType(key.slice('action:'.length)) : OFF_META_MEASURES.includes(key)
    if (counts) sum += measures[key] ?? 0
  }
  return sum
}
