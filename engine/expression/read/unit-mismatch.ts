/** How two expressions next to each other come to one unit, and what to report if they do not. */

import type { Unit, UnitKind } from '../../value/unit.js'
import { isNumeric, unitInWords } from '../../value/units.js'
import type { Expression } from '../syntax.js'
import { type Checked, NUMBER } from './checked.js'
import { hintForPercentage } from './percentage-meant.js'

export const sameUnit = (left: Unit, right: Unit): boolean =>
  left.kind === right.kind && !(left.kind === 'choice' && right.kind === 'choice' && left.name !== right.name)

/** `checked` with the unit of its neighbour, where it may take it; else as it is. */
export function bend(checked: Checked, neighbour: Checked): Checked {
  if (checked.unit === null || neighbour.unit === null || neighbour.bends === 'open' || neighbour.bends === 'payload')
    return checked
  const unit = neighbour.unit
  const may =
    (checked.bends === 'bare' && (unit.kind === 'money' || unit.kind === 'count' || unit.kind === 'number')) ||
    (checked.bends === 'plain' && unit.kind === 'count') ||
    (checked.bends === 'payload' && PAYLOAD_UNITS.has(unit.kind)) ||
    (checked.bends === 'open' && neighbour.bends !== 'bare' && isNumeric(unit.kind))
  return may ? { expression: retype(checked.expression, unit), unit, bends: neighbour.bends === 'bare' ? 'bare' : null } : checked
}

/** The same expression in another unit: bare numbers and values of an event in it become money, or counts. */
export function retype(expression: Expression, unit: Unit): Expression {
  switch (expression.kind) {
    case 'number':
      return unit.kind === 'money'
        ? { kind: 'money', value: expression.value, currency: null, span: expression.span, unit }
        : { ...expression, unit }
    case 'negate':
      return { ...expression, operand: retype(expression.operand, unit), unit }
    case 'arithmetic': {
      const left = retype(expression.left, unit)
      const sum = expression.operator === '+' || expression.operator === '-'
      return { ...expression, left, right: sum ? retype(expression.right, unit) : expression.right, unit }
    }
    case 'money':
    case 'text':
    case 'metric':
    case 'attribute':
    case 'payload':
    case 'aggregate':
    case 'forecast':
    case 'expected':
    case 'anomaly':
      return { ...expression, unit }
  }
}

/** What JSON can express as it is: a percentage or a duration needs its unit, `payload.minutes * 1m`. */
const PAYLOAD_UNITS: ReadonlySet<UnitKind> = new Set(['money', 'count', 'number', 'text', 'choice', 'yes-or-no'])

/** A value of an event where only a number makes sense; whatever else as it is. */
export const asNumber = (checked: Checked): Checked =>
  checked.bends === 'payload' ? { expression: retype(checked.expression, NUMBER), unit: NUMBER, bends: 'bare' } : checked

/**
 * What the bare number `other` should have been written as, compared with `subject`. `compared` are the bare numbers of its comparison;
 * null if it is a term of a sum.
 */
export function hintForMismatch(subject: Checked, other: Checked, compared: readonly number[] | null): string | undefined {
  if (other.bends === 'payload' && subject.unit?.kind === 'percentage') return 'say what one of it is: `payload.… * 1%`'
  if (other.bends === 'payload' && subject.unit?.kind === 'duration') return 'say what one of it is: `payload.… * 1m`'
  const value = writtenNumber(other.expression)
  if (value === null || subject.unit === null) return undefined
  if (other.bends === 'bare') {
    if (subject.unit.kind === 'percentage') {
      const numbers = compared?.includes(value) === true ? compared : [value]
      return hintForPercentage(value, numbers, subject.expression, compared === null)
    }
    if (subject.unit.kind === 'duration') return `did you mean \`${value}d\` or \`${value}h\`?`
    if (subject.unit.kind === 'text') return `did you mean \`"${value}"\`?`
  }
  if (other.unit?.kind === 'percentage' && subject.unit.kind === 'number') return `did you mean \`${value}\`?`
  return undefined
}

function writtenNumber(expression: Expression): number | null {
  if (expression.kind === 'number') return expression.value
  const inner = expression.kind === 'negate' ? writtenNumber(expression.operand) : null
  return inner === null ? null : -inner
}

export function hintForProduct(operator: string, left: Checked, right: Checked): string | undefined {
  if (operator === '*' && isNumeric(left.unit!.kind) && isNumeric(right.unit!.kind))
    return 'one side of `*` is a number or a percentage'
  if (operator === '/' && isNumeric(left.unit!.kind) && isNumeric(right.unit!.kind)) {
    return '`/` wants one kind on both sides, money over a count, or a number or percentage below'
  }
  return undefined
}

/** For messages; what a value of an event will be is not known. */
export const checkedInWords = ({ unit, bends }: Checked): string =>
  bends === 'payload' ? 'a value of the event' : unitInWords(unit!)
