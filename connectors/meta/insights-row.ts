/** Reads rows of insights: which fields are asked for, and how Meta's texts become our numbers. */

import { saidMeasure } from '../../engine/metric/meta-results.js'
import { withoutOffMeta } from '../../engine/metric/off-meta.js'
import { minorPerMajor } from '../../engine/value/minor-units.js'
import { AnswerMismatch, type AnswerObject } from '../answer.js'
import { attributed, windowsToAdd } from './attribution.js'
import type { InsightsLevel, InsightsRequest, InsightsRow, ReachRow } from './insights.js'
import { COUNTED, LISTED, pickMeasures, VALUED } from './measures.js'
import { parseMinor } from './money.js'

/** Each field costs on every row, and makes a page too large the sooner: what nobody reads is not asked for. */
const ID_FIELDS: Readonly<Record<InsightsLevel, readonly string[]>> = {
  account: ['account_id'],
  campaign: ['campaign_id'],
  adset: ['campaign_id', 'adset_id'],
  ad: ['campaign_id', 'adset_id', 'ad_id'],
}

/**
 * Some events are in `conversions` and `conversion_values` alone (`contact_total`), the rest in `actions` and `action_values`.
 * Meta's own `results` are asked for where they mean what we count: the day of an ad set, by the ad set's own attribution.
 * Of what is above ad sets the setting says whether Meta left conversions out.
 */
export const insightsFields = ({ level, increment, attribution }: InsightsRequest): readonly string[] => [
  ...ID_FIELDS[level],
  'spend',
  'impressions',
  'clicks',
  'actions',
  'action_values',
  'conversions',
  'conversion_values',
  ...LISTED.map(({ field }) => field),
  ...(level === 'adset' && increment === 'day' && attribution.length === 0 ? ['results'] : []),
  ...((level === 'account' || level === 'campaign') && attribution.length === 0 ? ['attribution_setting'] : []),
]

export const reachFields = (level: InsightsLevel): readonly string[] => [`${level}_id`, 'reach', 'frequency']

/** The field of hourly rows with their hour, named like the breakdown: `13:00:00 - 13:59:59`. */
export const HOURLY_BREAKDOWN = 'hourly_stats_aggregated_by_advertiser_time_zone'

export function readInsightsRow(request: InsightsRequest, answer: AnswerObject): InsightsRow {
  const toMinor = (text: string) => parseMinor(text, minorPerMajor(request.currency))
  const windows = windowsToAdd(request.attribution) ?? []
  const listOf = (fields: readonly string[], convert: (text: string) => number | null): Map<string, number> =>
    new Map(fields.flatMap((field) => [...byType(answer, field, windows, convert)]))
  // An action type that is in both lists is one number, said twice.
  const counts = listOf(['conversions', 'actions'], parseCount)
  const values = listOf(['conversion_values', 'action_values'], toMinor)
  const listed = LISTED.map(({ measure, field }) => {
    const actions = answer.objects(field).map((action) => attributed(action, [], parseCount))
    return [measure, actions.reduce((sum, count) => sum + count, 0)] as const
  })
  const day = readDay(answer, 'date_start')
  if (readDay(answer, 'date_stop') !== day) {
    throw new AnswerMismatch(answer.at('date_stop'), 'the day of date_start', answer.raw('date_stop'))
  }
  const measures = {
    ...pickMeasures(COUNTED, counts),
    ...pickMeasures(VALUED, values),
    ...Object.fromEntries(listed),
    ...Object.fromEntries([...counts].map(([type, count]) => [`action:${type}`, count])),
    ...Object.fromEntries([...values].map(([type, value]) => [`value:${type}`, value])),
    ...readResults(answer),
  }
  return {
    ...readIds(request.level, answer),
    level: request.level,
    day,
    hour: request.increment === 'hour' ? readHour(answer) : null,
    spend: readMoney(answer, 'spend', toMinor),
    impressions: readCount(answer, 'impressions'),
    clicks: readCount(answer, 'clicks'),
    measures: windows.length === 0 && isOfSeveralSettings(answer) ? withoutOffMeta(measures) : measures,
  }
}

/** Over several attribution settings Meta gives no conversions that happen off Meta, unless windows are named. */
const isOfSeveralSettings = (answer: AnswerObject): boolean =>
  ['mixed', 'multiple'].includes(answer.textOrNull('attribution_setting')?.toLowerCase() ?? '')

export const readReachRow = (level: InsightsLevel, answer: AnswerObject): ReachRow => ({
  entity_id: entityId(level, answer),
  since: readDay(answer, 'date_start'),
  until: readDay(answer, 'date_stop'),
  reach: answer.raw('reach') == null ? null : readCount(answer, 'reach'),
  frequency: answer.decimalOrNull('frequency'),
})

/** Insights name the account by its digits alone. */
const entityId = (level: InsightsLevel, answer: AnswerObject): string =>
  level === 'account' ? `act_${answer.id('account_id').replace(/^act_/, '')}` : answer.id(`${level}_id`)

function readIds(level: InsightsLevel, answer: AnswerObject): Pick<InsightsRow, 'entity_id' | 'campaign_id' | 'adset_id'> {
  return {
    entity_id: entityId(level, answer),
    campaign_id: level === 'account' ? null : answer.id('campaign_id'),
    adset_id: level === 'adset' || level === 'ad' ? answer.id('adset_id') : null,
  }
}

function byType(
  answer: AnswerObject,
  field: string,
  windows: readonly string[],
  convert: (text: string) => number | null,
): Map<string, number> {
  const found = new Map<string, number>()
  for (const action of answer.objects(field)) {
    const type = action.text('action_type')
    if (found.has(type)) throw new AnswerMismatch(action.at('action_type'), 'each action type once', type)
    found.set(type, attributed(action, windows, convert))
  }
  return found
}

/**
 * Meta's own results, as `result:<indicator>`: the number of the ad set's own attribution (`default`), 0 where Meta names the
 * indicator alone. What is not understood is left out: then the actions of the row say what happened.
 */
function readResults(answer: AnswerObject): Record<string, number> {
  const [result, ...more] = answer.objects('results')
  const indicator = result?.textOrNull('indicator') ?? null
  if (result === undefined || more.length > 0 || indicator === null || indicator === 'mixed') return {}
  const values = result.objects('values')
  if (values.length === 0) return { [saidMeasure(indicator)]: 0 }
  const isDefault = (value: AnswerObject): boolean => {
    const windows = value.raw('attribution_windows')
    return windows === undefined || (Array.isArray(windows) && windows.length === 1 && windows[0] === 'default')
  }
  const found = values.filter(isDefault)
  const raw = found.length === 1 ? found[0]!.raw('value') : undefined
  const value = typeof raw === 'string' || typeof raw === 'number' ? parseCount(String(raw)) : null
  return value === null ? {} : { [saidMeasure(indicator)]: value }
}

/** Modelled conversions may be fractions. */
const parseCount = (text: string): number | null => (/^\d{1,15}(?:\.\d+)?$/.test(text) ? Number(text) : null)

/** What did not happen is left out of a row. */
function readCount(answer: AnswerObject, key: string): number {
  const count = answer.integerOrNull(key) ?? 0
  if (count < 0) throw new AnswerMismatch(answer.at(key), 'a count', count)
  return count
}

function readMoney(answer: AnswerObject, key: string, toMinor: (text: string) => number | null): number {
  const raw = answer.raw(key)
  if (raw === undefined || raw === null) return 0
  const minor = typeof raw === 'string' || typeof raw === 'number' ? toMinor(String(raw)) : null
  if (minor === null) throw new AnswerMismatch(answer.at(key), 'an amount', raw)
  return minor
}

function readDay(answer: AnswerObject, key: string): string {
  const day = answer.text(key)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new AnswerMismatch(answer.at(key), 'a day', day)
  return day
}

function readHour(answer: AnswerObject): number {
  const text = answer.text(HOURLY_BREAKDOWN)
  const hour = Number(/^([01]\d|2[0-3]):00:00 - \1:59:59$/.exec(text)?.[1] ?? Number.NaN)
  if (Number.isNaN(hour)) throw new AnswerMismatch(answer.at(HOURLY_BREAKDOWN), 'an hour of the day', text)
  return hour
}
