/** Prepares a series for the models: cuts it to the recent past, applies level shifts and scales it. */

import type { History } from './forecast.js'

/** Older values would add nothing: two years of days, or ten seasons if that is more. */
const MOST_POINTS = 730
const MOST_SEASONS = 10
/** A range this small, relative to the values, is rounding noise. */
const NO_RANGE = 1e-9

export interface Prepared {
  /** In multiples of `unit`; begins with a known value. NaN is missing. */
  readonly values: Float64Array
  /** The mean absolute value of the series. */
  readonly unit: number
  /** How many of the values that are used are known. */
  readonly known: number
  /** The lowest and the highest of them, in their own unit. */
  readonly low: number
  readonly high: number
  /** The last value, if the series hardly varies; otherwise null. */
  readonly constant: number | null
  readonly notes: readonly string[]
}

/** @throws RangeError if a value is not finite */
export function prepare({ values: given, period, shifts = [] }: History): Prepared {
  const most = Math.max(MOST_POINTS, MOST_SEASONS * period)
  const recent = given.slice(-most)
  const notes: string[] = []
  if (recent.length < given.length) notes.push(`Only the last ${most} of ${given.length} points are used.`)
  const values = recent.map((value, index) => levelled(value, index + given.length - recent.length, shifts))
  if (values.some((value) => value !== null && !Number.isFinite(value))) throw new RangeError('A value is not finite.')
  const first = values.findIndex((value) => value !== null)
  const spanned = first < 0 ? [] : values.slice(first)
  const present = spanned.filter((value) => value !== null)
  const missing = spanned.length - present.length
  if (missing > 0) notes.push(`${missing} of ${spanned.length} points are missing; they count as unknown, not as zero.`)
  const low = present.reduce((least, value) => Math.min(least, value), Infinity)
  const high = present.reduce((greatest, value) => Math.max(greatest, value), -Infinity)
  const largest = Math.max(Math.abs(low), Math.abs(high))
  // Divided by the largest first, as the sum of very large values would overflow to infinity.
  const unit = largest === 0 ? 1 : present.reduce((sum, value) => sum + Math.abs(value) / largest / present.length, 0) * largest
  const isFlat = high - low <= NO_RANGE * largest || !Number.isFinite(1 / unit)
  if (isFlat && present.length > 0) notes.push('The series hardly varies: it is expected to stay as it is.')
  return {
    values: Float64Array.from(spanned, (value) => (value === null ? NaN : value / unit)),
    unit,
    known: present.length,
    low,
    high,
    constant: isFlat ? (present.at(-1) ?? 0) : null,
    notes,
  }
}

function levelled(value: number | null, index: number, shifts: NonNullable<History['shifts']>): number | null {
  if (value === null) return null
  return shifts.reduce((level, { at, ratio }) => (index < at ? level * ratio : level), value)
}
