/** Finds the columns of a series file. */

import type { Fault } from '../diagnostic/fault.js'
import { foldHeader } from '../read-export/header-names.js'
import { readStamp } from './time-stamp.js'

export interface SeriesColumns {
  readonly kind: 'columns'
  readonly time: number
  readonly value: number
  /** Null if the file contains only one series. */
  readonly series: number | null
  /** Whether the first line is already a point. */
  readonly headless: boolean
}

const TIME = new Set([
  'timestamp',
  'time',
  'date',
  'datetime',
  'ds',
  'day',
  'week',
  'month',
  'hour',
  'date start',
  'tarih',
  'gün',
  'zaman',
])
const VALUE = new Set(['value', 'y', 'değer'])
const SERIES = new Set(['series', 'series id', 'unique id', 'id', 'seri'])

/**
 * Finds the columns by name, or, in a file with two or three columns without such names, by order: `timestamp,value`,
 * `series,timestamp,value`.
 */
export function seriesColumns(
  cells: readonly string[],
  span: Fault['span'],
): SeriesColumns | { readonly kind: 'fault'; readonly fault: Fault } {
  const folded = cells.map(foldHeader)
  const find = (names: ReadonlySet<string>): number => folded.findIndex((name) => names.has(name))
  const [time, value, series] = [find(TIME), find(VALUE), find(SERIES)]
  if (time >= 0 && value >= 0) return { kind: 'columns', time, value, series: series < 0 ? null : series, headless: false }
  const places = { time: cells.length - 2, value: cells.length - 1, series: cells.length === 3 ? 0 : null }
  if (cells.length === 2 || cells.length === 3) {
    const isPoint = readStamp(cells[places.time]!.trim(), 'day-first') !== null && /\d/.test(cells[places.value]!)
    if (isPoint) return { kind: 'columns', ...places, headless: true }
    // One name is known and in its usual place, the other is the name of a metric: `date,spend`.
    const known = [time === places.time, series !== null && series === places.series, value === places.value].some(Boolean)
    if (known && (cells.length === 2 || series === 0 || value === 2)) return { kind: 'columns', ...places, headless: false }
  }
  const missing = time < 0 ? 'no column is called `timestamp`' : 'no column is called `value`'
  const hint = 'the first line is `timestamp,value`, or `series,timestamp,value` for many series'
  return { kind: 'fault', fault: { code: 'no-columns', message: missing, span, hint } }
}
