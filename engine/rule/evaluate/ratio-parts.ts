/** What a leaf's ratio was computed from, for sentences such as "₺536 (3 purchases, ₺1,609)". */

import { totalOver } from '../../expression/evaluate/evaluate.js'
import type { Expression } from '../../expression/syntax.js'
import type { FactEntity, Facts } from '../../facts/facts.js'
import { findMetric } from '../../metric/catalogue.js'
import type { WindowRange } from '../../metric/window.js'
import type { RatioParts } from '../decision.js'
import { sideValue } from './side-value.js'

/** A metric on one side of a leaf that is a ratio of two measures. */
export interface RatioMetric {
  readonly owner: Extract<Expression, { kind: 'metric' }>['owner']
  /** The index of its window in the condition's list. */
  readonly index: number
  readonly numerator: string
  readonly denominator: string
}

/**
 * Returns the first side that is a ratio; null if there is none.
 *
 * @param index returns the index of a metric's window in the condition's list
 */
export function ratioMetric(
  sides: readonly Expression[],
  index: (metric: Expression & { kind: 'metric' }) => number,
): RatioMetric | null {
  for (const side of sides) {
    const made = side.kind === 'metric' && side.actionType === null ? findMetric(side.metric)?.made : undefined
    if (side.kind !== 'metric' || made?.kind !== 'ratio') continue
    return { owner: side.owner, index: index(side), numerator: made.numerator, denominator: made.denominator }
  }
  return null
}

export function ratioParts(
  { owner, index, numerator, denominator }: RatioMetric,
  facts: Facts,
  entity: FactEntity,
  ranges: readonly WindowRange[],
): RatioParts | null {
  const own = owner === 'self' ? entity : facts.owner(entity, owner)
  const range = ranges[index]
  if (own === null || range === undefined) return null
  const { currency } = facts.account
  const part = (measure: string) =>
    sideValue(totalOver(facts, own, measure, range), findMetric(measure)?.unit ?? 'count', currency)
  return {
    numerator: part(numerator),
    denominator: part(denominator),
    result: denominator === 'results' ? (facts.resultMeasure?.(own) ?? null) : null,
  }
}
