/**
 * Whether inequalities can hold together, by Fourier–Motzkin elimination over the real numbers. "No" is certain; "yes" only means
 * that no contradiction was found.
 */

import type { AtomTable } from './atom.js'
import { constantOf, type Linear } from './linear.js'

/** `constant + Σ coefficient × quantity` is > 0 if `strict`, otherwise >= 0. */
export interface Inequality {
  readonly sum: Linear
  readonly strict: boolean
}

interface Row extends Inequality {
  /** Magnitude of the numbers that the constant was computed from, so that a rounding error is not taken for a contradiction. */
  readonly size: number
}

/** With more rows than this the search gives up and answers "yes"; real rules need about a dozen. */
const MOST_ROWS = 300
const ROUNDING = 1e-12

export function canAllHold(inequalities: readonly Inequality[], atoms: AtomTable): boolean {
  const ranges = new Map<string, Range>()
  const mixed: Row[] = []
  for (const inequality of inequalities) {
    const row = rowOf(inequality, atoms)
    if (row.sum.terms.size === 0) {
      if (contradicts(row)) return false
    } else if (row.sum.terms.size > 1) mixed.push(row)
    else if (!narrow(ranges, row, atoms)) return false
  }
  if (mixed.length === 0) return true
  const keys = [...new Set(mixed.flatMap(({ sum }) => [...sum.terms.keys()]))]
  const bounds = keys.flatMap((key) => {
    const { low, high } = ranges.get(key) ?? rangeOf(key, atoms)
    return [low, high].filter((row) => row !== null)
  })
  return eliminate([...mixed, ...bounds], keys)
}

/** The narrowest bounds of one quantity so far. */
interface Range {
  low: Row | null
  high: Row | null
}

/** Adds a bound. Returns false if the bounds then contradict each other. */
function narrow(ranges: Map<string, Range>, row: Row, atoms: AtomTable): boolean {
  const [[key, coefficient]] = [...row.sum.terms] as [[string, number]]
  let range = ranges.get(key)
  if (range === undefined) {
    range = rangeOf(key, atoms)
    ranges.set(key, range)
  }
  if (coefficient > 0) {
    if (range.low === null || isNarrower(row, range.low)) range.low = row
  } else if (range.high === null || isNarrower(row, range.high)) range.high = row
  const { low, high } = range
  return low === null || high === null || !contradicts(together(low, high))
}

/** Compares two bounds on the same side, both with the coefficient 1 or -1. */
const isNarrower = (row: Row, other: Row): boolean =>
  row.sum.constant < other.sum.constant || (row.sum.constant === other.sum.constant && row.strict)

const together = (low: Row, high: Row): Row => ({
  sum: constantOf(low.sum.constant + high.sum.constant),
  strict: low.strict || high.strict,
  size: low.size + high.size,
})

const rows = new WeakMap<Inequality, Row>()

/** Cached, because the same inequality is checked together with many others. */
function rowOf(inequality: Inequality, atoms: AtomTable): Row {
  const known = rows.get(inequality)
  if (known !== undefined) return known
  const row = normalised({ ...inequality, size: Math.abs(inequality.sum.constant) }, atoms)
  rows.set(inequality, row)
  return row
}

function eliminate(start: readonly Row[], keys: readonly string[]): boolean {
  let rows = start
  const left = new Set(keys)
  while (left.size > 0) {
    const key = cheapest(rows, left)
    left.delete(key)
    const next: Row[] = []
    const above: Row[] = []
    const below: Row[] = []
    for (const row of rows) {
      const coefficient = row.sum.terms.get(key) ?? 0
      if (coefficient === 0) next.push(row)
      else (coefficient > 0 ? below : above).push(row)
    }
    for (const low of below) {
      for (const high of above) {
        const row = combined(low, high, key)
        if (row.sum.terms.size > 0) next.push(row)
        else if (contradicts(row)) return false
      }
    }
    if (next.length > MOST_ROWS) return true
    rows = next
  }
  return true
}

/** The quantity whose elimination makes the fewest rows. */
function cheapest(rows: readonly Row[], keys: ReadonlySet<string>): string {
  let best = ''
  let least = Infinity
  for (const key of keys) {
    let [low, high] = [0, 0]
    for (const { sum } of rows) {
      const coefficient = sum.terms.get(key) ?? 0
      if (coefficient > 0) low++
      else if (coefficient < 0) high++
    }
    if (low * high < least) {
      least = low * high
      best = key
    }
  }
  return best
}

function combined(low: Row, high: Row, key: string): Row {
  const [byLow, byHigh] = [1 / low.sum.terms.get(key)!, -1 / high.sum.terms.get(key)!]
  const terms = new Map<string, number>()
  for (const [name, coefficient] of low.sum.terms) if (name !== key) terms.set(name, coefficient * byLow)
  for (const [name, coefficient] of high.sum.terms) {
    if (name === key) continue
    const before = terms.get(name) ?? 0
    const sum = before + coefficient * byHigh
    // A difference within the rounding error of the two terms counts as zero.
    if (Math.abs(sum) <= ROUNDING * Math.max(Math.abs(before), Math.abs(coefficient * byHigh))) terms.delete(name)
    else terms.set(name, sum)
  }
  return {
    sum: { constant: low.sum.constant * byLow + high.sum.constant * byHigh, terms },
    strict: low.strict || high.strict,
    size: low.size * byLow + high.size * byHigh,
  }
}

/**
 * Evaluation treats numbers as equal that differ by less than one part in 10¹², so such a difference contradicts only `strict`.
 */
const contradicts = ({ sum: { constant }, strict, size }: Row): boolean =>
  strict ? constant <= ROUNDING * size : constant < -1e-9 * size

/**
 * Scales a row with one quantity to the coefficient 1 or -1, and rounds the bound of an integral quantity: an hour above 8 is 9 or
 * more. Returns other rows unchanged.
 */
function normalised(row: Row, atoms: AtomTable): Row {
  if (row.sum.terms.size !== 1) return row
  const [[key, coefficient]] = [...row.sum.terms] as [[string, number]]
  const sign = coefficient > 0 ? 1 : -1
  const bound = -row.sum.constant / coefficient
  if (!atoms.domain(key).integral) return bounding(key, sign, bound, row.strict)
  const whole = row.strict
    ? sign > 0
      ? Math.floor(bound) + 1
      : Math.ceil(bound) - 1
    : sign > 0
      ? Math.ceil(bound)
      : Math.floor(bound)
  return bounding(key, sign, whole, false)
}

/** Returns a lower bound for the sign 1, an upper bound for -1. */
const bounding = (key: string, sign: 1 | -1, bound: number, strict: boolean): Row => ({
  sum: { constant: -sign * bound, terms: new Map([[key, sign]]) },
  strict,
  size: Math.abs(bound),
})

function rangeOf(key: string, atoms: AtomTable): Range {
  const { low, high } = atoms.domain(key)
  return {
    low: low === null ? null : bounding(key, 1, low, false),
    high: high === null ? null : bounding(key, -1, high, false),
  }
}
