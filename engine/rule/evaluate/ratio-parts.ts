/** What a leaf's ratio was computed from, for sentences such as "₺536 (3 purchases, ₺1,609)". */

import { totalOver } from '../../expression/evaluate/evaluate.js'
import type { Comparison, Expression } from '../../expression/syntax.js'
import { sidesOf } from '../../expression/walk.js'
import type { FactEntity, Facts } from '../../facts/facts.js'
import { findMetric } from '../../metric/catalogue.js'
import { windowRange } from '../../metric/window.js'
import type { RatioParts, TraceLeaf } from '../decision.js'
import type { Rule } from '../rule.js'
import { comparisonsOf } from '../walk.js'
import { sideValue } from './side-value.js'

/**
 * Adds the parts of ratios to the leaves of a trace. Only firings are reported with them, so evaluation does not compute them for
 * every entity.
 *
 * @param facts those that the trace was made with
 */
export function withRatioParts(
  rule: Pick<Rule, 'where' | 'when'>,
  trace: readonly TraceLeaf[],
  facts: Facts,
  entity: FactEntity,
): readonly TraceLeaf[] {
  const comparisons = comparisonsOf(rule)
  return trace.map((leaf) => {
    const comparison = comparisons.get(leaf.path)
    const parts = comparison === undefined ? null : partsOf(comparison, facts, entity)
    return parts === null ? leaf : { ...leaf, parts }
  })
}

/** Returns the parts of the first side that is a ratio of two measures; null if there is none. */
function partsOf(comparison: Comparison, facts: Facts, entity: FactEntity): RatioParts | null {
  const metric = sidesOf(comparison).find(isRatio)
  if (metric === undefined) return null
  const made = findMetric(metric.metric)?.made
  const owner = metric.owner === 'self' ? entity : facts.owner(entity, metric.owner)
  if (made?.kind !== 'ratio' || owner === null) return null
  const { currency, timezone } = facts.account
  const range = windowRange(metric.window, facts.at, timezone)
  const part = (measure: string) =>
    sideValue(totalOver(facts, owner, measure, range), findMetric(measure)?.unit ?? 'count', currency)
  return {
    numerator: part(made.numerator),
    denominator: part(made.denominator),
    result: made.denominator === 'results' ? (facts.resultMeasure?.(owner) ?? null) : null,
  }
}

const isRatio = (side: Expression): side is Expression & { kind: 'metric' } =>
  side.kind === 'metric' && side.actionType === null && findMetric(side.metric)?.made.kind === 'ratio'
