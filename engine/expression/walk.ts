/** The parts of an expression or a comparison: one place that knows where operands are. */

import type { Comparison, Expression } from './syntax.js'

/** The expressions of a comparison, that on the left first. */
export function sidesOf(comparison: Comparison): readonly [Expression, ...Expression[]] {
  switch (comparison.kind) {
    case 'compare':
      return [comparison.left, comparison.right]
    case 'between':
      return [comparison.subject, comparison.low, comparison.high]
    case 'in':
      return [comparison.subject, ...comparison.items]
    case 'matches':
    case 'contains':
    case 'holds':
      return [comparison.subject]
  }
}

/** What an expression works with directly, in the order in which it is written. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'negate':
      return [expression.operand]
    case 'arithmetic':
      return [expression.left, expression.right]
    case 'expected':
    case 'anomaly':
      return [expression.operand]
    case 'aggregate':
      return expression.operand === null ? [] : [expression.operand]
    case 'number':
    case 'money':
    case 'text':
    case 'metric':
    case 'attribute':
    case 'payload':
    case 'forecast':
      return []
  }
}

/** The expression itself and all within it, in the order in which they are written. */
export function* withinExpression(expression: Expression): Generator<Expression> {
  yield expression
  for (const operand of operandsOf(expression)) yield* withinExpression(operand)
}
