/** Rules that depend on hourly conversions, which Meta does not provide for every account. */

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
              message: `\`${metric}\` needs conversions by the hour, which Meta may leave out: the condition is then unknown`,
              hint: 'look at whole days, such as `[today]` or `[last_3d]`, or see with `tetik doctor` whether the account provides them',
            },
          ]
        }),
    ),
  )
}

/** Returns the name of the metric that the expression reads by the hour; null if it reads none. */
function metricByHour(expression: Expression): string | null {
  switch (expression.kind) {
    case 'metric':
      return expression.window.kind === 'hours' && isOffMeta(expression) ? nameOf(expression) : null
    case 'expected':
    case 'anomaly':
      // The expected value of an unfinished day is the value usually reached by this hour.
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
