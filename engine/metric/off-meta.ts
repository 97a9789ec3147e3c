/**
 * What happens off Meta, on a website or in an app: Meta learns of it from the pixel or an SDK, and leaves it out of some rows.
 * Source: Marketing API, "Insights API Breakdowns", restrictions for off-Meta action metrics: with the hourly breakdowns (type 1)
 * "the Insights API will not return unsupported offsite metrics", nor over several attribution settings. By the hour some accounts
 * are given them all the same, which is why each account is judged by its own rows.
 */

import { factsOfMeasure, findMetric } from './catalogue.js'

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

/** Whether a row that Meta left off-Meta actions out of may lack the measure, or a part of it. */
export function mayBeOffMeta(measure: string): boolean {
  const type = /^(?:action|value):(.+)$/.exec(measure)?.[1]
  if (type !== undefined) return !isOnMetaType(type)
  const happens = factsOfMeasure(measure)?.happens
  return happens === 'off-meta' || happens === 'both'
}

/** Whether a metric is made of such a measure: `cpa`, `roas`, `purchases`. */
export function metricMayMissByHour(metric: string, actionType: string | null): boolean {
  if (actionType !== null) return mayBeOffMeta(`action:${actionType}`)
  const made = findMetric(metric)?.made
  if (made === undefined || made.kind === 'asked') return false
  return made.kind === 'sum' ? mayBeOffMeta(made.measure) : [made.numerator, made.denominator].some(mayBeOffMeta)
}

type Measures = Readonly<Record<string, number | null>>

/** Null in the measures of a row that Meta left off-Meta actions out of: what of them the row does not name is unknown too. */
export const OFF_META = 'off-meta'

/** Whether nobody knows what of a row happened off Meta. */
export const lacksOffMeta = (measures: Measures): boolean => measures[OFF_META] === null

/** The measures of a row that Meta left off-Meta actions out of: what they may be part of is unknown, and not zero. */
export const withoutOffMeta = (measures: Measures): Measures => ({
  ...Object.fromEntries(Object.entries(measures).map(([measure, value]) => [measure, mayBeOffMeta(measure) ? null : value])),
  [OFF_META]: null,
})

/** A row's number of a measure: zero where the row does not name it, null where it is not known. */
export function numberIn(measures: Measures, measure: string): number | null {
  if (Object.hasOwn(measures, measure)) return measures[measure] ?? null
  return lacksOffMeta(measures) && mayBeOffMeta(measure) ? null : 0
}

/** How much of a row certainly happened off Meta. A count for comparing rows: one conversion is in it several times; what is unknown is not. */
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
