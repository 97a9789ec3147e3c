/** Which units can be combined, and the unit of the result: DESIGN's "Units are checked" as a table. */

import type { Unit, UnitKind } from './unit.js'

type Operator = '+' | '-' | '*' | '/'

const ARITHMETIC: ReadonlySet<UnitKind> = new Set(['money', 'count', 'number', 'percentage', 'duration'])

export const isNumeric = (kind: UnitKind): boolean => ARITHMETIC.has(kind)

const isFactor = (kind: UnitKind): boolean => kind === 'number' || kind === 'percentage'

/**
 * Returns the unit of `left operator right`, or null if the two do not mix. Sums need the same unit; a number or percentage × X
 * is X, and so is X divided by one; X / X is a number; money / count is money.
 */
export function unitOf(operator: Operator, left: UnitKind, right: UnitKind): UnitKind | null {
  if (!isNumeric(left) || !isNumeric(right)) return null
  switch (operator) {
    case '+':
    case '-':
      return left === right ? left : null
    case '*':
      // 1.5 times a rate is a rate; `checker.ts` handles the one exception, a literal percentage of a number.
      if (isFactor(left) && isFactor(right)) return left === right ? left : 'percentage'
      if (isFactor(left)) return right
      if (isFactor(right)) return left
      return null
    case '/':
      if (left === right) return 'number'
      if (left === 'money' && right === 'count') return 'money'
      return isFactor(right) ? left : null
  }
}

export const numericUnit = (kind: UnitKind): Unit => {
  switch (kind) {
    case 'choice':
      return { kind: 'text' }
    default:
      return { kind }
  }
}

/** For messages: "money and a count do not mix". */
export function unitInWords(unit: Unit): string {
  switch (unit.kind) {
    case 'money':
      return 'money'
    case 'count':
      return 'a count'
    case 'number':
      return 'a number'
    case 'percentage':
      return 'a percentage'
    case 'duration':
      return 'a duration'
    case 'text':
      return 'text'
    case 'yes-or-no':
      return 'yes or no'
    case 'choice':
      return `a choice (${unit.name})`
  }
}
