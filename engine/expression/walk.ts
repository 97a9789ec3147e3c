/** Walks over the parts of an expression or a comparison. */

import type { Comparison, Expression } from './syntax.js'

/** Returns the expressions of a comparison, the left one first. */
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

/** Returns the direct operands of an expression, in the order written. */
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

/** Yields the expression and everything within it, in the order written. */
export function* withinExpression(expression: Expression): Generator<Expression> {
  yield expression
  for (const operand of operandsOf(expression)) yield* withinExpression(operand)
}
