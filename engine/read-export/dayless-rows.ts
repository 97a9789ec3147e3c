/**
 * Rows without a day in a file by day: such an export may have a row per campaign that sums up its days. If it were counted on a day,
 * everything would count twice.
 */

import type { DataRow, DatasetEntity } from '../facts/dataset-source.js'
import { compareSums, isWithin } from './breakdown-parts.js'
import type { CsvRecord } from './csv.js'
import { placeOf, placesAbove } from './sub-totals.js'

/** The breakdown values of a row; empty in a file without breakdowns. */
export type Part = readonly string[]

export interface DaylessRow {
  readonly row: DataRow
  readonly part: Part
  readonly record: CsvRecord
}

/** Yields the rows without a day that are not the sum of their days, because the sum differs or there are no days. */
export function* unlikeTheirDays(
  dayless: readonly DaylessRow[],
  dated: readonly DataRow[],
  entities: readonly DatasetEntity[],
  partOf: (row: DataRow) => Part,
): Generator<{ readonly record: CsvRecord; readonly hasDays: boolean }> {
  if (dayless.length === 0) return
  const own = new Map<string, DataRow[]>()
  const beneath = new Map<string, DataRow[]>()
  const above = new Map(entities.map((entity) => [placeOf(entity.scope, entity.key), placesAbove(entity)]))
  for (const row of dated) {
    const place = placeOf(row.scope, row.entity)
    push(own, place, row)
    for (const parent of above.get(place) ?? []) push(beneath, parent, row)
  }
  for (const rows of grouped(dayless)) {
    const { row, part, record } = rows[0]!
    const place = placeOf(row.scope, row.entity)
    const days = firstWithRows([own.get(place), finest(beneath.get(place) ?? [])], part, partOf)
    const wholes = rows.map(({ row }) => row)
    // A row of zeros is the sum of no days. Otherwise the sum must match exactly: a similar row may be a day whose date was lost.
    const isSum = days.length === 0 ? isNothing(wholes) : compareSums(wholes, days, 0) === 'same'
    if (!isSum) yield { record, hasDays: days.length > 0 }
  }
}

function firstWithRows(sources: readonly (readonly DataRow[] | undefined)[], part: Part, partOf: (row: DataRow) => Part) {
  for (const rows of sources) {
    const same = rows?.filter((row) => keyOf(partOf(row)) === keyOf(part)) ?? []
    if (same.length > 0) return same
    const within = rows?.filter((row) => isWithin(partOf(row), part)) ?? []
    const parts = [...new Map(within.map((row) => [keyOf(partOf(row)), partOf(row)])).values()]
    const leaves = within.filter((row) => !parts.some((other) => isWithin(other, partOf(row))))
    if (leaves.length > 0) return leaves
  }
  return []
}

/** Returns the rows of one level only, since the ad sets' rows include their ads. */
function finest(rows: readonly DataRow[]): readonly DataRow[] {
  const adsets = rows.filter(({ scope }) => scope === 'adset')
  return adsets.length > 0 ? adsets : rows
}

function grouped(dayless: readonly DaylessRow[]): Iterable<readonly DaylessRow[]> {
  const groups = new Map<string, DaylessRow[]>()
  for (const one of dayless) push(groups, `${placeOf(one.row.scope, one.row.entity)}\u0000${keyOf(one.part)}`, one)
  return groups.values()
}

const keyOf = (part: Part): string => part.join('\u0000')

const isNothing = (rows: readonly DataRow[]): boolean =>
  rows.every(({ measures }) => Object.values(measures).every((value) => (value ?? 0) === 0))

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
