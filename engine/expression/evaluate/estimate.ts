/** `forecast(…)`, `expected(…)` and `anomaly(…)`: what models say, or why they say nothing. */

import type { Estimate, FactEntity, Facts } from '../../facts/facts.js'
import type { WindowRange } from '../../metric/window.js'
import { Unknown } from '../../value/value.js'
import type { Expression } from '../syntax.js'

export type EstimateExpression = Extract<Expression, { kind: 'forecast' | 'expected' | 'anomaly' }>

const unknown = (reason: string): Estimate => ({ value: new Unknown(reason), detail: null })

const NO_FORECASTS = unknown('no forecasts are made here')
const NO_ANOMALIES = unknown('nothing works out here what was to be expected')

/** @param range what the window of the metric covers; null for a forecast, which has a horizon instead */
export function estimate(expression: EstimateExpression, facts: Facts, entity: FactEntity, range: WindowRange | null): Estimate {
  if (expression.kind === 'forecast') return facts.forecast?.(entity, expression, expression.horizon) ?? NO_FORECASTS
  const { metric, actionType } = expression.operand
  const found =
    expression.kind === 'expected'
      ? facts.expected?.(entity, { metric, actionType }, range!)
      : facts.anomaly?.(entity, { metric, actionType }, range!)
  return found ?? NO_ANOMALIES
}
