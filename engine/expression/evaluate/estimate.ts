/** `forecast(…)`, `expected(…)` and `anomaly(…)`: the value from a model, or the reason why there is none. */

import type { Estimate, FactEntity, Facts } from '../../facts/facts.js'
import type { WindowRange } from '../../metric/window.js'
import { Unknown } from '../../value/value.js'
import type { Expression } from '../syntax.js'

export type EstimateExpression = Extract<Expression, { kind: 'forecast' | 'expected' | 'anomaly' }>

const unknown = (reason: string): Estimate => ({ value: new Unknown(reason), detail: null })

const NO_FORECASTS = unknown('there are no forecasts in this data')
const NO_ANOMALIES = unknown('there are no expected values in this data')

/** @param range the days or hours of the metric's window; null for a forecast, which has a horizon instead */
export function estimate(expression: EstimateExpression, facts: Facts, entity: FactEntity, range: WindowRange | null): Estimate {
  if (expression.kind === 'forecast') return facts.forecast?.(entity, expression, expression.horizon) ?? NO_FORECASTS
  const { metric, actionType } = expression.operand
  const found =
    expression.kind === 'expected'
      ? facts.expected?.(entity, { metric, actionType }, range!)
      : facts.anomaly?.(entity, { metric, actionType }, range!)
  return found ?? NO_ANOMALIES
}
