/** The columns of measures that are read, and how the numbers in them are. */

import { findMetric } from '../metric/catalogue.js'
import { minorPerMajor } from '../value/minor-units.js'

export interface MeasureColumn {
  readonly measure: string
  readonly index: number
  readonly isMoney: boolean
  readonly mayBeNegative: boolean
  /** Whether it can have no fraction. */
  readonly isWhole: boolean
}

/** @param needed measures to read; null is all */
export function measureColumns(
  measures: ReadonlyMap<string, number>,
  needed: ReadonlySet<string> | null,
  currency: string | null,
): readonly MeasureColumn[] {
  return [...measures]
    .filter(([measure]) => needed === null || needed.has(measure))
    .map(([measure, index]) => ({ measure, index, ...kindOf(measure, currency) }))
}

/** Refunds take from the value of purchases; nothing else is ever taken back. */
function kindOf(measure: string, currency: string | null): Omit<MeasureColumn, 'measure' | 'index'> {
  const isValue = measure === 'revenue' || measure.startsWith('value:')
  const isMoney = isValue || findMetric(measure)?.unit === 'money'
  const isWhole = isMoney ? minorPerMajor(currency) === 1 : measure !== 'frequency'
  return { isMoney, mayBeNegative: isValue, isWhole }
}
