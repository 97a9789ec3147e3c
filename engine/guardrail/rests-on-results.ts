/** Whether a rule depends on costs or results, and so cannot be trusted while these are not recorded. */

import type { Expression } from '../expression/syntax.js'
import { arrivesAtOnce, findMetric } from '../metric/catalogue.js'
import type { Rule } from '../rule/rule.js'
import { expressionsOfCondition } from '../rule/walk.js'

/**
 * Whether `where`, `when` or `clear` of a rule uses a cost (spend over something) or something that people did after the click
 * (purchases, revenue, `action("…")`). Spend and delivery alone do not count, so that a rule that limits spend always works.
 */
export const restsOnResults = (rule: Pick<Rule, 'where' | 'when' | 'clear'>): boolean =>
  [rule.where, rule.when, rule.clear].some((condition) => [...expressionsOfCondition(condition)].some(isOfCostOrResult))

const isOfCostOrResult = (expression: Expression): boolean =>
  (expression.kind === 'metric' || expression.kind === 'forecast') &&
  (expression.actionType !== null || isCostOrResult(expression.metric))

function isCostOrResult(metric: string): boolean {
  const made = findMetric(metric)?.made
  // An unknown metric may be anything: refusing is safer.
  if (made === undefined) return true
  switch (made.kind) {
    case 'sum':
      return !arrivesAtOnce(made.measure)
    case 'ratio':
      // A cost is spend over something; other ratios count if one of their parts arrives late.
      return made.numerator === 'spend' || !arrivesAtOnce(made.numerator) || !arrivesAtOnce(made.denominator)
    case 'asked':
      return false
  }
}
