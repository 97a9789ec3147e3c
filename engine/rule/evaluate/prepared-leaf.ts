/** A comparison of a condition, prepared once and evaluated for many entities. */

import { judgeOf, type Sides } from '../../expression/evaluate/comparison.js'
import {
  compileEstimate,
  compileExpression,
  type EvaluationScope,
  type Evaluator,
  type WindowList,
} from '../../expression/evaluate/evaluate.js'
import type { Comparison, Expression } from '../../expression/syntax.js'
import { sidesOf, withinExpression } from '../../expression/walk.js'
import type { Estimate } from '../../facts/facts.js'
import { findAttribute } from '../../metric/attributes.js'
import type { Unit } from '../../value/unit.js'
import type { Truth } from '../../value/value.js'
import type { Condition } from '../rule.js'
import { countedMetric, type CountedMetric } from './trace-notes.js'

export interface PreparedLeaf {
  readonly path: string
  readonly text: string
  readonly comparison: Comparison
  /** The left side: its unit is the leaf's. */
  readonly subject: Expression
  /** The leaf's metrics as written, each with the index of its window in the condition's list. */
  readonly windows: readonly { readonly source: string; readonly index: number }[]
  /** Forecasts, expected values and anomalies on either side, which the trace shows separately. */
  readonly estimates: readonly PreparedEstimate[]
  /** Metrics on either side that count conversions, for the trace's notes. */
  readonly counted: readonly CountedMetric[]
  readonly left: Evaluator
  readonly right: readonly Evaluator[]
  /** Whether the right side is the same for all entities of one evaluation. */
  readonly rightIsFixed: boolean
  readonly judge: (sides: Sides) => Truth
}

export interface PreparedEstimate {
  readonly source: string
  readonly unit: Unit
  /** The unit of the metric, which bands and other details have. */
  readonly metricUnit: Unit
  readonly read: (scope: EvaluationScope) => Estimate
}

export interface JudgedLeaf extends Sides {
  readonly leaf: PreparedLeaf
  readonly truth: Truth
  /** In the order of `leaf.estimates`. */
  readonly estimates: readonly Estimate[]
}

export function leafOf({ path, text, comparison }: Condition & { kind: 'leaf' }, windows: WindowList): PreparedLeaf {
  const [subject, ...others] = sidesOf(comparison)
  return {
    path,
    text,
    comparison,
    subject,
    windows: [subject, ...others].flatMap((side) => windowsOf(side, text, windows)),
    estimates: [subject, ...others].flatMap((side) => estimatesOf(side, text, windows)),
    counted: [subject, ...others].flatMap((side) =>
      [...withinExpression(side)].flatMap((inner) => countedMetric(inner, ({ window }) => windows.indexOf(window)) ?? []),
    ),
    left: compileExpression(subject, windows),
    right: others.map((side) => compileExpression(side, windows)),
    rightIsFixed: others.every(isFixed),
    judge: judgeOf(comparison),
  }
}

/** Whether an expression is the same for all entities: numbers, texts, and values of the account or the clock. */
function isFixed(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'money':
    case 'text':
    case 'payload':
      return true
    case 'attribute':
      return (
        (expression.owner === 'self' || expression.owner === 'account') && findAttribute(expression.attribute)?.of !== 'entity'
      )
    case 'negate':
      return isFixed(expression.operand)
    case 'arithmetic':
      return isFixed(expression.left) && isFixed(expression.right)
    default:
      return false
  }
}

function estimatesOf(side: Expression, text: string, windows: WindowList): readonly PreparedEstimate[] {
  return [...withinExpression(side)].flatMap((expression) => {
    if (expression.kind !== 'forecast' && expression.kind !== 'expected' && expression.kind !== 'anomaly') return []
    const { span, unit } = expression
    const metricUnit = expression.kind === 'forecast' ? unit : expression.operand.unit
    return [{ source: text.slice(span.start, span.end), unit, metricUnit, read: compileEstimate(expression, windows) }]
  })
}

/** Custom metrics consist of several metrics, which share one place in the text and one window. */
function windowsOf(side: Expression, text: string, windows: WindowList): readonly { source: string; index: number }[] {
  const found = new Map<string, { source: string; index: number }>()
  for (const expression of withinExpression(side)) {
    if (expression.kind !== 'metric') continue
    const { span, window } = expression
    const index = windows.indexOf(window)
    found.set(`${span.start} ${span.end} ${index}`, { source: text.slice(span.start, span.end), index })
  }
  return [...found.values()]
}
