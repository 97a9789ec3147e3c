/** Rules that rest on conversions by the hour, which Meta does not give for every account. */

import type { Expression, Window } from '../../expression/syntax.js'
import { sidesOf, withinExpression } from '../../expression/walk.js'
import { metricMayMissByHour } from '../../metric/off-meta.js'
import type { Rule } from '../../rule/rule.js'
import { windowKey } from '../logic/atom.js'
import type { Finding } from '../rules/finding.js'
import { placedLeaves } from '../rules/guarantees.js'

export function hourlyFindings(rule: Rule): Finding[] {
  const reported = new Set<string>()
  return [rule.where, rule.when, rule.clear].flatMap((condition) =>
    placedLeaves(condition).flatMap(({ leaf }) =>
      sidesOf(leaf.comparison)
        .flatMap((side) => [...withinExpression(side)])
        .flatMap((expression) => {
          const metric = metricByHour(expression)
          if (metric === null || reported.has(metric)) return []
          reported.add(metric)
          return [
            {
              code: 'hourly-conversions' as const,
              at: { rule, path: leaf.path },
              message: `\`${metric}\` rests on conversions by the hour, which Meta may leave out: the rule is unknown then`,
              hint: 'look at whole days, such as `[today]` or `[last_3d]`, or see with `tetik doctor` whether the account gives them',
            },
          ]
        }),
    ),
  )
}

/** The name of a metric whose hours are looked at; null for every other expression. */
function metricByHour(expression: Expression): string | null {
  switch (expression.kind) {
    case 'metric':
      return expression.window.kind === 'hours' && isOffMeta(expression) ? nameOf(expression) : null
    case 'expected':
    case 'anomaly':
      // What is usual of an unfinished day is what was usual by this hour.
      return isToday(expression.operand.window) && isOffMeta(expression.operand) ? nameOf(expression.operand) : null
    default:
      return null
  }
}

interface MetricOf {
  readonly metric: string
  readonly actionType: string | null
}

const isOffMeta = ({ metric, actionType }: MetricOf): boolean => metricMayMissByHour(metric, actionType)
const nameOf = ({ metric, actionType }: MetricOf): string => (actionType === null ? metric : `action("${actionType}")`)
const isToday = (window: Window): boolean => windowKey(window) === '1d-0'
