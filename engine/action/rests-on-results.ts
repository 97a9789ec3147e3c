/** Whether a rule looks at costs or results, so that an outage of those makes it blind. */

import type { Comparison, Expression } from '../expression/syntax.js'
import { findMetric } from '../metric/catalogue.js'
import type { Condition, Rule } from '../rule/rule.js'

/** Measures that say how much was delivered, which an outage of the shop or the pixel leaves as it is. */
const DELIVERY = new Set([
  'spend',
  'gross_spend',
  'impressions',
  'clicks',
  'link_clicks',
  'outbound_clicks',
  'video_3s_views',
  'thruplays',
])

/**
 * Whether `where`, `when` or `clear` of a rule names a cost (spend over something) or something that people did after the
 * click (purchases, revenue, `action("…")`). Spend and delivery alone do not count, so that a brake on spend works always.
 */
export const restsOnResults = (rule: Pick<Rule, 'where' | 'when' | 'clear'>): boolean =>
  [rule.where, rule.when, rule.clear].some((condition) => condition !== null && inCondition(condition))

function inCondition(condition: Condition): boolean {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.conditions.some(inCondition)
    case 'not':
      return inCondition(condition.condition)
    case 'leaf':
      return sidesOf(condition.comparison).some(inExpression)
  }
}

function sidesOf(comparison: Comparison): readonly Expression[] {
  switch (comparison.kind) {
    case 'compare':
      return [comparison.left, comparison.right]
    case 'between':
      return [comparison.subject, comparison.low, comparison.high]
    case 'in':
      return [comparison.subject, ...comparison.items]
    default:
      return [comparison.subject]
  }
}

function inExpression(expression: Expression): boolean {
  switch (expression.kind) {
    case 'metric':
      return expression.actionType !== null || isCostOrResult(expression.metric)
    case 'negate':
      return inExpression(expression.operand)
    case 'arithmetic':
      return inExpression(expression.left) || inExpression(expression.right)
    default:
      return false
  }
}

function isCostOrResult(metric: string): boolean {
  const made = findMetric(metric)?.made
  // A metric that nobody knows may be anything: to hold is the safer side.
  if (made === undefined) return true
  switch (made.kind) {
    case 'sum':
      return !DELIVERY.has(made.measure)
    case 'ratio':
      // A cost is spend over something; other ratios are as good as what they divide.
      return made.numerator === 'spend' || !DELIVERY.has(made.numerator) || !DELIVERY.has(made.denominator)
    case 'asked':
      return false
  }
}
