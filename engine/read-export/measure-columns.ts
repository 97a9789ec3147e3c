/** The measure columns to read, and what kind of numbers they contain. */

import { findMetric } from '../metric/catalogue.js'
import { minorPerMajor } from '../value/minor-units.js'

export interface MeasureColumn {
  readonly measure: string
  readonly index: number
  readonly isMoney: boolean
  readonly mayBeNegative: boolean
  /** Whether its numbers have no fractions. */
  readonly isWhole: boolean
}

/** @param needed measures to read; null for all */
export function measureColumns(
  measures: ReadonlyMap<string, number>,
  needed: ReadonlySet<string> | null,
  currency: string | null,
): readonly MeasureColumn[] {
  return [...measures]
    .filter(([measure]) => needed === null || needed.has(measure))
    .map(([measure, index]) => ({ measure, index, ...kindOf(measure, currency) }))
}

/** Only the value of purchases can be negative, because of refunds. */
function kindOf(measure: string, currency: string | null): Omit<MeasureColumn, 'measure' | 'index'> {
  const isValue = measure === 'revenue' || measure.startsWith('value:')
  const isMoney = isValue || findMetric(measure)?.unit === 'money'
  const isWhole = isMoney ? minorPerMajor(currency) === 1 : measure !== 'frequency'
  return { isMoney, mayBeNegative: isValue, isWhole }
}
