/** Whether a rule looks at costs or results, so that an outage of those makes it blind. */

import type { Expression } from '../expression/syntax.js'
import { arrivesAtOnce, findMetric } from '../metric/catalogue.js'
import type { Rule } from '../rule/rule.js'
import { expressionsOfCondition } from '../rule/walk.js'

/**
 * Whether `where`, `when` or `clear` of a rule names a cost (spend over something) or something that people did after the
 * click (purchases, revenue, `action("…")`). Spend and delivery alone do not count, so that a brake on spend works always.
 */
export const restsOnResults = (rule: Pick<Rule, 'where' | 'when' | 'clear'>): boolean =>
  [rule.where, rule.when, rule.clear].some((condition) => [...expressionsOfCondition(condition)].some(isOfCostOrResult))

const isOfCostOrResult = (expression: Expression): boolean =>
  (expression.kind === 'metric' || expression.kind === 'forecast') &&
  (expression.actionType !== null || isCostOrResult(expression.metric))

function isCostOrResult(metric: string): boolean {
  const made = findMetric(metric)?.made
  // A metric that nobody knows may be anything: to hold is the safer side.
  if (made === undefined) return true
  switch (made.kind) {
    case 'sum':
      return !arrivesAtOnce(made.measure)
    case 'ratio':
      // A cost is spend over something; other ratios are as good as what they divide.
      return made.numerator === 'spend' || !arrivesAtOnce(made.numerator) || !arrivesAtOnce(made.denominator)
    case 'asked':
      return false
  }
}
