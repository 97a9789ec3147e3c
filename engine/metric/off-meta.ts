/**
 * Actions that happen off Meta, on a website or in an app. Meta learns of them from the pixel or an SDK, and leaves them out of
 * some rows. Source: Marketing API, "Insights API Breakdowns", restrictions for off-Meta action metrics: with the hourly
 * breakdowns (type 1) "the Insights API will not return unsupported offsite metrics", and neither for rows that combine several
 * attribution settings. Some accounts get them by the hour nevertheless, so each account is judged by its own rows.
 */

import { factsOfMeasure, findMetric } from './catalogue.js'

/** Whether an action type certainly happens off Meta. Others may as well: sums over several channels, or new types. */
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

/** Whether the measure, or a part of it, may be missing from a row without off-Meta actions. */
export function mayBeOffMeta(measure: string): boolean {
  const type = /^(?:action|value):(.+)$/.exec(measure)?.[1]
  if (type !== undefined) return !isOnMetaType(type)
  const happens = factsOfMeasure(measure)?.happens
  return happens === 'off-meta' || happens === 'both'
}

/** Whether a metric uses such a measure: `cpa`, `roas`, `purchases`. */
export function metricMayMissByHour(metric: string, actionType: string | null): boolean {
  if (actionType !== null) return mayBeOffMeta(`action:${actionType}`)
  const made = findMetric(metric)?.made
  if (made === undefined || made.kind === 'asked') return false
  return made.kind === 'sum' ? mayBeOffMeta(made.measure) : [made.numerator, made.denominator].some(mayBeOffMeta)
}

type Measures = Readonly<Record<string, number | null>>

/** Key that is null in the measures of a row without off-Meta actions: measures that the row does not name may be unknown too. */
export const OFF_META = 'off-meta'

/** Whether a row's off-Meta actions are unknown. */
export const lacksOffMeta = (measures: Measures): boolean => measures[OFF_META] === null

/** Returns the measures of a row from which Meta left out off-Meta actions: those that may include them are unknown, not zero. */
export const withoutOffMeta = (measures: Measures): Measures => ({
  ...Object.fromEntries(Object.entries(measures).map(([measure, value]) => [measure, mayBeOffMeta(measure) ? null : value])),
  [OFF_META]: null,
})

/** Returns a row's value of a measure: zero if the row does not contain it, null if it is not known. */
export function numberIn(measures: Measures, measure: string): number | null {
  if (Object.hasOwn(measures, measure)) return measures[measure] ?? null
  return lacksOffMeta(measures) && mayBeOffMeta(measure) ? null : 0
}

/**
 * Returns the number of actions in a row that certainly happened off Meta. It only serves to compare rows, since one conversion
 * is counted under several types; unknown numbers are left out.
 */
export function offMetaActions(measures: Measures): number {
  let sum = 0
  for (const key in measures) {
    const counts = key.startsWith('action:')
      ? isOffMetaType(key.slice('action:'.length))
      : factsOfMeasure(key)?.happens === 'off-meta'
    if (counts) sum += measures[key] ?? 0
  }
  return sum
}
