/** Datasets of a few rows, and the facts computed from them. */

import { parseTime } from '../../engine/clock/written-time.js'
import type { DataRow, DatasetEntity, DatasetSource, Knowledge } from '../../engine/facts/dataset-source.js'
import { Dataset } from '../../engine/facts/dataset.js'
import { factsOf } from '../../engine/facts/facts-of-dataset.js'
import type { FactAccount, FactEntity, Facts } from '../../engine/facts/facts.js'
import { Unknown, type Value } from '../../engine/value/value.js'

export const HOUR = 3_600_000
const ZONE = 'Europe/Istanbul'
export const account: FactAccount = {
  name: 'moda-tr',
  id: 'act_1',
  currency: 'TRY',
  timezone: ZONE,
  result: 'purchases',
  values: {},
}

/** Returns a time of the account's clock (`2026-03-10 14:00`) in epoch milliseconds. */
export const at = (text: string): number => parseTime(text, ZONE)!

export const entity = (scope: DatasetEntity['scope'], key: string, more: Partial<DatasetEntity> = {}): DatasetEntity => ({
  scope,
  key,
  id: key,
  name: `name of ${key}`,
  campaign: null,
  adset: null,
  result: null,
  attributes: {},
  ...more,
})

export const row = (key: string, day: string | null, measures: DataRow['measures'], more: Partial<DataRow> = {}): DataRow => ({
  scope: 'adset',
  entity: key,
  since: day,
  until: day,
  hour: null,
  measures,
  ...more,
})

const ENTITIES = [entity('campaign', 'c'), entity('adset', 'a', { campaign: 'c' }), entity('adset', 'b', { campaign: 'c' })]

/** Returns a dataset of the campaign `c` with the ad sets `a` and `b`, read from a file. */
export function dataset(rows: DataRow[], more: Partial<DatasetSource> = {}): Dataset {
  return new Dataset({ entities: ENTITIES, rows, knowledge: { kind: 'file' }, measures: null, ...more })
}

/** Returns which days are known after syncs of these ranges at these times of the account's clock. */
export const synced = (...times: [since: string, until: string, at: string][]): Extract<Knowledge, { kind: 'synced' }> => ({
  kind: 'synced',
  days: times.map(([since, until, time]) => ({ since, until, at: at(time) })),
  hours: [],
})

export const facts = (data: Dataset, time = '2026-03-10 14:00', pace = HOUR, own: FactAccount = account): Facts =>
  factsOf(data, { account: own, at: at(time), pace })

/** Returns the entity with this key. */
export const of = (given: Facts, key: string): FactEntity =>
  [...given.entities('campaign'), ...given.entities('adset'), ...given.entities('account')].find((one) => one.key === key)!

export const total = (given: Facts, key: string, measure: string, since: string, until = since): Value =>
  given.total(of(given, key), measure, { since, until })

/** Returns why a value is unknown; null if it is known. */
export const reason = (value: Value): string | null => (value instanceof Unknown ? value.reason : null)
