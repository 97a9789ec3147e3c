/** Brings two expressions to one unit, and suggests what to write if that is not possible. */

import type { Unit, UnitKind } from '../../value/unit.js'
import { isNumeric, unitInWords } from '../../value/units.js'
import type { Expression } from '../syntax.js'
import { type Checked, NUMBER } from './checked.js'
import { hintForPercentage } from './percentage-meant.js'

export const sameUnit = (left: Unit, right: Unit): boolean =>
  left.kind === right.kind && !(left.kind === 'choice' && right.kind === 'choice' && left.name !== right.name)

/** Returns `checked` with the unit of its neighbour if it can take that unit, otherwise unchanged. */
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

/** Returns the expression with another unit, which its bare numbers and event values get too. */
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

/** Units that a JSON value can have by itself; a percentage or duration needs a factor: `payload.minutes * 1m`. */
const PAYLOAD_UNITS: ReadonlySet<UnitKind> = new Set(['money', 'count', 'number', 'text', 'choice', 'yes-or-no'])

/** Returns a value of an event as a number, for places that need one; anything else unchanged. */
export const asNumber = (checked: Checked): Checked =>
  checked.bends === 'payload' ? { expression: retype(checked.expression, NUMBER), unit: NUMBER, bends: 'bare' } : checked

/**
 * Returns a hint on how `other` should be written next to `subject`. `compared` are the bare numbers of the comparison; null if
 * `other` is a term of a sum.
 */
export function hintForMismatch(subject: Checked, other: Checked, compared: readonly number[] | null): string | undefined {
  if (other.bends === 'payload' && subject.unit?.kind === 'percentage') return 'give it a unit: `payload.… * 1%`'
  if (other.bends === 'payload' && subject.unit?.kind === 'duration') return 'give it a unit: `payload.… * 1m`'
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
    return 'one side of `*` must be a number or a percentage'
  if (operator === '/' && isNumeric(left.unit!.kind) && isNumeric(right.unit!.kind)) {
    return '`/` needs the same kind on both sides, money over a count, or a number or percentage as the divisor'
  }
  return undefined
}

/** Describes the unit for messages; that of an event's value is not known. */
export const checkedInWords = ({ unit, bends }: Checked): string =>
  bends === 'payload' ? 'a value of the event' : unitInWords(unit!)
