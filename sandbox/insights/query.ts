/** Reads and validates the parameters of an insights query. */

import { valuesOf } from '../catalog/catalog.js'
import { GraphError, invalidParameter } from '../protocol/errors.js'
import { type Filter, readFiltering } from '../protocol/filtering.js'
import {
  enumListParameter,
  enumParameter,
  jsonParameter,
  listParameter,
  type Parameters,
  textParameter,
} from '../protocol/parameters.js'
import { type Breakdowns, readActionBreakdowns, readBreakdowns } from './breakdowns.js'
import { FIELD_NAMES } from './columns.js'
import { cutRange, type DayRange, type Increment, presetRange, readRange } from './periods.js'

const LEVELS = ['account', 'campaign', 'adset', 'ad'] as const
export type Level = (typeof LEVELS)[number]

export interface InsightsQuery {
  readonly level: Level
  readonly fields: readonly string[]
  /** There is one row for each period and object. */
  readonly periods: readonly DayRange[]
  readonly breakdowns: Breakdowns
  readonly actionBreakdowns: readonly string[]
  readonly windows: readonly string[] | null
  readonly filters: readonly Filter[]
  readonly sort: { readonly by: string; readonly descending: boolean } | null
  readonly summary: readonly string[] | null
}

/**
 * @param node the level of the queried object
 * @param today the current day in the account's time zone
 * @throws GraphError for anything Meta would refuse; 1/99 for a level above the object's own
 */
export function readQuery(parameters: Parameters, node: Level, today: number): InsightsQuery {
  const level = enumParameter(parameters, 'level', LEVELS) ?? node
  if (LEVELS.indexOf(level) < LEVELS.indexOf(node)) {
    throw new GraphError({ message: 'An unknown error occurred', type: 'OAuthException', code: 1, error_subcode: 99 }, 500)
  }
  const fields = readFieldNames(listParameter(parameters, 'fields'))
  const windows = enumListParameter(parameters, 'action_attribution_windows', valuesOf('AdsInsights', 'ActionAttributionWindows'))
  return {
    level,
    fields,
    periods: readPeriods(parameters, today),
    breakdowns: readBreakdowns(parameters, fields),
    actionBreakdowns: readActionBreakdowns(parameters, fields),
    windows: windows && windows.length > 0 ? windows : null,
    filters: readFiltering(parameters),
    sort: readSort(parameters),
    summary: readSummary(parameters, fields),
  }
}

function readFieldNames(names: string[] | undefined): string[] {
  if (!names || names.length === 0) return ['impressions', 'spend']
  const wrong = names.filter((name) => !FIELD_NAMES.has(name))
  if (wrong.length > 0) {
    throw invalidParameter(
      `${wrong.join(', ')} ${wrong.length > 1 ? 'are' : 'is'} not valid for fields param. please check ` +
        'https://developers.facebook.com/docs/marketing-api/reference/ads-insights/ for all valid values',
    )
  }
  return [...new Set(names)]
}

function readPeriods(parameters: Parameters, today: number): DayRange[] {
  const ranges = jsonParameter(parameters, 'time_ranges')
  if (ranges !== undefined) {
    if (!Array.isArray(ranges) || ranges.length === 0) throw invalidParameter('Param time_ranges must be an array')
    return ranges.map((range, index) => readRange(range, `time_ranges[${index}]`, today))
  }
  const given = jsonParameter(parameters, 'time_range')
  const preset = textParameter(parameters, 'date_preset')
  const named = presetRange(preset ?? 'last_30d', today)
  return cutRange(given === undefined ? named : readRange(given, 'time_range', today), readIncrement(parameters))
}

function readIncrement(parameters: Parameters): Increment {
  const text = textParameter(parameters, 'time_increment') ?? 'all_days'
  if (text === 'monthly' || text === 'all_days') return text
  const days = /^\d{1,2}$/.test(text) ? Number(text) : 0
  if (days < 1 || days > 90) throw invalidParameter('Param time_increment must be an integer from 1 to 90, monthly or all_days')
  return days
}

function readSort(parameters: Parameters): InsightsQuery['sort'] {
  const sort = listParameter(parameters, 'sort')
  if (!sort || sort.length === 0) return null
  const [text = ''] = sort
  const match = /^(.+)_(ascending|descending)$/.exec(text)
  const by = match?.[1] ?? ''
  if (sort.length > 1 || !match || !FIELD_NAMES.has(by.split(':')[0] ?? '')) {
    throw invalidParameter('Param sort must have one element such as spend_descending or actions:link_click_ascending')
  }
  return { by, descending: match[2] === 'descending' }
}

function readSummary(parameters: Parameters, fields: readonly string[]): string[] | null {
  const metrics = fields.filter((field) => !/_(id|name)$/.test(field))
  const all = textParameter({ all: parameters.default_summary }, 'all')
  if (all === 'true' || all === '1') return metrics
  if (parameters.summary === true || parameters.summary === 'true') return metrics
  const names = listParameter(parameters, 'summary')
  return names ? readFieldNames(names) : null
}
