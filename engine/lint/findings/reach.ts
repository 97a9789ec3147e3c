/** Reach and frequency where Meta does not provide them: by the hour, for a group, in forecasts and expected values. */

import type { Expression } from '../../expression/syntax.js'
import { sidesOf, withinExpression } from '../../expression/walk.js'
import { findMetric } from '../../metric/catalogue.js'
import type { Rule } from '../../rule/rule.js'
import type { Finding } from '../rules/finding.js'
import { placedLeaves } from '../rules/guarantees.js'

export function reachFindings(rule: Rule): Finding[] {
  return [rule.where, rule.when, rule.clear].flatMap((condition) =>
    placedLeaves(condition).flatMap(({ leaf }) =>
      sidesOf(leaf.comparison)
        .flatMap((side) => [...withinExpression(side)])
        .flatMap((expression) => {
          const why = whyNeverKnown(expression, rule)
          if (why === null) return []
          const message = `${why}: the condition is always unknown`
          return [{ code: 'unknowable-reach' as const, at: { rule, path: leaf.path }, message, hint: HINT }]
        }),
    ),
  )
}

const HINT = 'look at whole days of an ad, an ad set, a campaign or the account, such as `frequency[last_7d]`'

function whyNeverKnown(expression: Expression, rule: Rule): string | null {
  switch (expression.kind) {
    case 'metric':
      if (!isAsked(expression.metric)) return null
      if (expression.window.kind === 'hours') return `Meta provides no \`${expression.metric}\` by the hour`
      return (expression.owner === 'self' ? rule.scope : expression.owner) === 'group'
        ? `Meta provides no \`${expression.metric}\` for a group`
        : null
    case 'forecast':
      return isAsked(expression.metric) ? `\`${expression.metric}\` cannot be summed over days, so it has no forecast` : null
    case 'expected':
    case 'anomaly':
      return isAsked(expression.operand.metric)
        ? `\`${expression.operand.metric}\` cannot be summed over days, so it has no expected value`
        : null
    default:
      return null
  }
}

const isAsked = (metric: string): boolean => findMetric(metric)?.made.kind === 'asked'
