/**
 * Whether inequalities can hold together, by Fourier and Motzkin's elimination over real numbers: an answer of "no" is
 * certain, "yes" only means that no contradiction was found.
 */

import type { AtomTable } from './atom.js'
import type { Linear } from './linear.js'

/** `constant + Σ coefficient × quantity` is more than zero, or not less. */
export interface Inequality {
  readonly sum: Linear
  readonly strict: boolean
}

interface Row extends Inequality {
  /** How large the numbers are that the constant came from: what rounding may have left of them is no contradiction. */
  readonly size: number
}

/** Beyond this many rows nothing is claimed; what people write has a dozen. */
const MOST_ROWS = 300
const ROUNDING = 1e-12

export function canAllHold(inequalities: readonly Inequality[], atoms: AtomTable): boolean {
  const bounds = new Map<string, Row[]>()
  const mixed: Row[] = []
  for (const inequality of inequalities) {
    const row = tightened({ ...inequality, size: Math.abs(inequality.sum.constant) }, atoms)
    if (row.sum.terms.size === 0) {
      if (contradicts(row)) return false
    } else if (row.sum.terms.size === 1) push(bounds, [...row.sum.terms.keys()][0]!, row)
    else mixed.push(row)
  }
  const mixedKeys = new Set(mixed.flatMap(({ sum }) => [...sum.terms.keys()]))
  for (const [key, rows] of bounds)
    if (!mixedKeys.has(key) && !eliminate([...rows, ...domainRows(key, atoms)], [key])) return false
  if (mixed.length === 0) return true
  const rows = [...mixed, ...[...mixedKeys].flatMap((key) => [...(bounds.get(key) ?? []), ...domainRows(key, atoms)])]
  return eliminate(rows, [...mixedKeys])
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
    // What two like terms leave of each other by rounding alone is nothing.
    if (Math.abs(sum) <= ROUNDING * Math.max(Math.abs(before), Math.abs(coefficient * byHigh))) terms.delete(name)
    else terms.set(name, sum)
  }
  return {
    sum: { constant: low.sum.constant * byLow + high.sum.constant * byHigh, terms },
    strict: low.strict || high.strict,
    size: low.size * byLow + high.size * byHigh,
  }
}

/** Evaluation takes numbers for equal that differ by less than a part in 10¹²: what is so close contradicts only strictly. */
const contradicts = ({ sum: { constant }, strict, size }: Row): boolean =>
  strict ? constant <= ROUNDING * size : constant < -1e-9 * size

/** Between whole numbers there is nothing: an hour above 8 is 9 or more. */
function tightened(row: Row, atoms: AtomTable): Row {
  if (row.sum.terms.size !== 1) return row
  const [[key, coefficient]] = [...row.sum.terms] as [[string, number]]
  if (!atoms.domain(key).integral) return row
  const bound = -row.sum.constant / coefficient
  const whole =
    coefficient > 0
      ? row.strict
        ? Math.floor(bound) + 1
        : Math.ceil(bound)
      : row.strict
        ? Math.ceil(bound) - 1
        : Math.floor(bound)
  const sign = coefficient > 0 ? 1 : -1
  return { sum: { constant: -sign * whole, terms: new Map([[key, sign]]) }, strict: false, size: Math.abs(whole) }
}

function domainRows(key: string, atoms: AtomTable): readonly Row[] {
  const { low, high } = atoms.domain(key)
  const row = (sign: number, bound: number): Row => ({
    sum: { constant: -sign * bound, terms: new Map([[key, sign]]) },
    strict: false,
    size: Math.abs(bound),
  })
  return [...(low === null ? [] : [row(1, low)]), ...(high === null ? [] : [row(-1, high)])]
}

function push(map: Map<string, Row[]>, key: string, row: Row): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [row])
  else list.push(row)
}
