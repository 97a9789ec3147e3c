/** Daily rows in DuckDB, in the layout that is fastest for it: dense, sorted, in memory. */

import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

import { dayNumberOf, isoDay } from '../engine/clock/day.js'
import type { DataRow } from '../engine/facts/dataset-source.js'

const MEASURES = ['spend', 'impressions', 'clicks', 'purchases', 'revenue'] as const

/** Days without a row are inserted as zeros, so that queries need no calendar. */
export async function loadIntoDuckDb(rows: readonly DataRow[], days: readonly string[]): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  const connection = await instance.connect()
  await connection.run(
    `create table daily (adset varchar, day varchar, n integer, ${MEASURES.map((name) => `${name} double`).join(', ')})`,
  )
  const first = dayNumberOf(days[0]!)
  const byAdset = new Map<string, Map<number, DataRow>>()
  for (const row of rows) {
    const own = byAdset.get(row.entity) ?? new Map<number, DataRow>()
    own.set(dayNumberOf(row.since!) - first, row)
    byAdset.set(row.entity, own)
  }
  const appender = await connection.createAppender('daily')
  for (const [adset, own] of byAdset) {
    for (let day = 0; day < days.length; day++) {
      appender.appendVarchar(adset)
      appender.appendVarchar(isoDay(first + day))
      appender.appendInteger(day)
      for (const measure of MEASURES) appender.appendDouble(own.get(day)?.measures[measure] ?? 0)
      appender.endRow()
    }
  }
  appender.closeSync()
  return connection
}
