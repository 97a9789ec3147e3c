/**
 * Whether money is a sum or a budget, which has at most the decimals of its currency. A cost per result may have more.
 */

import { findMetric } from '../../metric/catalogue.js'
import type { Expression } from '../syntax.js'

const BUDGETS: ReadonlySet<string> = new Set(['daily_budget', 'lifetime_budget', 'monthly_budget'])

export function isCountedMoney(expression: Expression): boolean {
  switch (expression.kind) {
    case 'metric':
      return expression.unit.kind === 'money' && findMetric(expression.metric)?.made.kind === 'sum'
    case 'attribute':
      return BUDGETS.has(expression.attribute)
    case 'forecast':
      return expression.unit.kind === 'money' && findMetric(expression.metric)?.made.kind === 'sum'
    case 'expected':
      return isCountedMoney(expression.operand)
    case 'aggregate':
      return expression.function === 'sum' && expression.operand !== null && isCountedMoney(expression.operand)
    case 'negate':
      return isCountedMoney(expression.operand)
    case 'arithmetic': {
      const isSum = expression.operator === '+' || expression.operator === '-'
      return isSum && (isCountedMoney(expression.left) || isCountedMoney(expression.right))
    }
    default:
      return false
  }
}

/** Returns the amount if the expression is an amount, possibly negated, and nothing more; otherwise null. */
export function writtenMoney(expression: Expression): { readonly value: number; readonly currency: string | null } | null {
  if (expression.kind === 'money') return expression
  const inner = expression.kind === 'negate' ? writtenMoney(expression.operand) : null
  return inner === null ? null : { ...inner, value: -inner.value }
}

/** Returns the numbers in an expression to which `retype` gives the unit of the other side. */
export function numbersIn(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
      return [expression]
    case 'negate':
      return numbersIn(expression.operand)
    case 'arithmetic': {
      const isSum = expression.operator === '+' || expression.operator === '-'
      return [...numbersIn(expression.left), ...(isSum ? numbersIn(expression.right) : [])]
    }
    default:
      return []
  }
}
