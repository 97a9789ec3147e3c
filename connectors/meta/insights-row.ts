/** Reads rows of insights: which fields are requested, and how Meta's texts become our numbers. */

import { saidMeasure } from '../../engine/metric/meta-results.js'
import { withoutOffMeta } from '../../engine/metric/off-meta.js'
import { minorPerMajor } from '../../engine/value/minor-units.js'
import { AnswerMismatch, type AnswerObject } from '../answer.js'
import { attributed, windowsToAdd } from './attribution.js'
import type { InsightsLevel, InsightsRequest, InsightsRow, ReachRow } from './insights.js'
import { COUNTED, LISTED, pickMeasures, VALUED } from './measures.js'
import { parseMinor } from './money.js'

/** Every field makes each row larger, and pages too large sooner, so fields that are not used are not requested. */
const ID_FIELDS: Readonly<Record<InsightsLevel, readonly string[]>> = {
  account: ['account_id'],
  campaign: ['campaign_id'],
  adset: ['campaign_id', 'adset_id'],
  ad: ['campaign_id', 'adset_id', 'ad_id'],
}

/**
 * Returns the fields to request. Some events are only in `conversions` and `conversion_values` (`contact_total`), the rest in
 * `actions` and `action_values`. Meta's own `results` are requested only for what we count in the same way: days of ad sets with
 * their own attribution. For campaigns and accounts, `attribution_setting` shows whether Meta left out conversions.
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

/** The field that contains the hour of hourly rows (`13:00:00 - 13:59:59`); it has the same name as the breakdown. */
export const HOURLY_BREAKDOWN = 'hourly_stats_aggregated_by_advertiser_time_zone'

export function readInsightsRow(request: InsightsRequest, answer: AnswerObject): InsightsRow {
  const toMinor = (text: string) => parseMinor(text, minorPerMajor(request.currency))
  const windows = windowsToAdd(request.attribution) ?? []
  const listOf = (fields: readonly string[], convert: (text: string) => number | null): Map<string, number> =>
    new Map(fields.flatMap((field) => [...byType(answer, field, windows, convert)]))
  // An action type in both lists is the same number twice; `actions` wins.
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

/** Whether the row combines several attribution settings; Meta then omits off-Meta conversions, unless windows are requested. */
const isOfSeveralSettings = (answer: AnswerObject): boolean =>
  ['mixed', 'multiple'].includes(answer.textOrNull('attribution_setting')?.toLowerCase() ?? '')

export const readReachRow = (level: InsightsLevel, answer: AnswerObject): ReachRow => ({
  entity_id: entityId(level, answer),
  since: readDay(answer, 'date_start'),
  until: readDay(answer, 'date_stop'),
  reach: answer.raw('reach') == null ? null : readCount(answer, 'reach'),
  frequency: answer.decimalOrNull('frequency'),
})

/** Returns the entity's id; Insights give the account's without `act_`. */
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
 * Returns Meta's own results as `result:<indicator>`: the number by the ad set's own attribution (`default`), or 0 if Meta gives
 * the indicator without a number. Anything in another form is left out, and the row's actions are used instead.
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

/** Parses a count, which may be a fraction for modelled conversions. */
const parseCount = (text: string): number | null => (/^\d{1,15}(?:\.\d+)?$/.test(text) ? Number(text) : null)

/** Returns a count; Meta leaves out a field whose count is zero. */
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
