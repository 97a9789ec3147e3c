/** Whether money is a sum or a budget, which its currency can hold to the last digit, or the cost of one thing, which may be finer. */

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

/** The amount that an expression is, where it is nothing more. */
export function writtenMoney(expression: Expression): { readonly value: number; readonly currency: string | null } | null {
  if (expression.kind === 'money') return expression
  const inner = expression.kind === 'negate' ? writtenMoney(expression.operand) : null
  return inner === null ? null : { ...inner, value: -inner.value }
}

/** The bare numbers of an expression that take the unit of its neighbour, as `retype` gives it to them. */
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
