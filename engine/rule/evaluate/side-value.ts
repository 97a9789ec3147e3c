/** Values of evaluation in the form that traces and JSON have. */

import { toMajor } from '../../value/minor-units.js'
import type { UnitKind } from '../../value/unit.js'
import { AtLeast, Unknown, type Value } from '../../value/value.js'
import type { SideElement } from '../decision.js'

/**
 * Returns a value as JSON shows it: money in the major unit, rounded to the currency's digits; percentages as per cent; durations
 * in hours; null for unknown.
 */
export function sideValue(value: Value, unit: UnitKind, currency: string | null): SideElement {
  if (typeof value === 'number') return shownNumber(value, unit, currency)
  if (value instanceof AtLeast) return { atLeast: shownNumber(value.bound, unit, currency) }
  if (value instanceof Unknown) return null
  return value
}

const HOUR = 3_600_000

export function shownNumber(value: number, unit: UnitKind, currency: string | null): number {
  switch (unit) {
    case 'money':
      return toMajor(value, currency)
    case 'percentage':
      return withoutNoise(value * 100)
    case 'duration':
      return withoutNoise(value / HOUR)
    default:
      return withoutNoise(value)
  }
}

/** Rounds to twelve digits, which removes floating-point noise: 3.3, not 3.3000000000000003. */
const withoutNoise = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(12)))
