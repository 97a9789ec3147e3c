/**
 * Single quantities in settings and in the keys of a rule: `30m`, `120 TRY`, `20%`, `4`; in a blueprint also the name of an input.
 */

import { type Fault, type Reading, refuse } from '../../diagnostic/fault.js'
import { isCurrency } from '../../value/currency.js'
import type { Expression } from '../syntax.js'
import { percentageMeant } from './literal.js'
import { parseExpression } from './parse.js'
import { BARE_VOCABULARY, type Vocabulary } from './vocabulary.js'
import { tooPrecise, twoReadings } from './written-number.js'

/** Money is in the major unit, as written; percentages are ratios; durations are milliseconds. */
export interface Quantity {
  readonly value: number
  readonly unit: 'money' | 'number' | 'percentage' | 'duration'
  /** Null for money without a currency, and for everything else. */
  readonly currency: string | null
}

/** Reads a quantity, which may have a `-` in front. `vocabulary` contains the account's currency. */
export function parseQuantity(text: string, vocabulary: Vocabulary = BARE_VOCABULARY): Reading<Quantity> {
  const { value, faults } = parseExpression(text, vocabulary)
  if (value === null) return { value: null, faults }
  const quantity = quantityOf(value)
  if (quantity !== null) return { value: quantity, faults }
  return refuse(text, 'bad-quantity', 'this is not one number with a unit', 'for example `120 TRY`, `20%`, `3d`')
}

/** Reads a duration as milliseconds, zero or more. */
export function parseDuration(text: string, vocabulary: Vocabulary = BARE_VOCABULARY): Reading<number> {
  const { value, faults } = parseQuantity(text, vocabulary)
  if (value === null && !isAmbiguous(faults)) return { value: null, faults }
  if (value?.unit !== 'duration') {
    const hint =
      value?.unit === 'number' ? `did you mean \`${value.value}m\` or \`${value.value}h\`?` : 'for example `30m`, `2h`, `3d`'
    return refuse(text, 'bad-duration', 'this is not a duration', hint)
  }
  if (value.value < 0) return refuse(text, 'out-of-range', 'a duration is not negative')
  return { value: value.value, faults }
}

/** Reads a percentage as a ratio, zero or more: `20%` is 0.2. */
export function parsePercentage(text: string, vocabulary: Vocabulary = BARE_VOCABULARY): Reading<number> {
  const { value, faults } = parseQuantity(text, vocabulary)
  if (value === null && !isAmbiguous(faults)) return { value: null, faults }
  if (value?.unit !== 'percentage') {
    const hint = value?.unit === 'number' ? `did you mean \`${percentageMeant(value.value)}\`?` : 'for example `20%`'
    return refuse(text, 'bad-percentage', 'this is not a percentage', hint)
  }
  if (value.value < 0) return refuse(text, 'out-of-range', 'a percentage is not negative here')
  return { value: value.value, faults }
}

/**
 * Reads an amount of money above zero, in the major unit; a bare number has no currency. It may have at most the decimals of its
 * currency, or any number with `anyPrecision`, for amounts that may be a cost per result.
 */
export function parseMoney(
  text: string,
  vocabulary: Vocabulary = BARE_VOCABULARY,
  { anyPrecision = false } = {},
): Reading<{ value: number; currency: string | null }> {
  const known = [...new Set((vocabulary.accounts ?? []).flatMap(({ currency }) => currency ?? []))]
  const [, number, unit = ''] = /^\s*(-?\s*[\d.]+)(\s*[A-Z]{3})?\s*$/.exec(text) ?? []
  const own = isCurrency(unit.trim()) ? unit.trim() : known.length === 1 ? known[0]! : null
  const counted = anyPrecision ? null : own
  const ambiguous = number === undefined ? null : twoReadings(number, unit, { start: 0, end: text.length }, counted)
  if (ambiguous !== null && (unit === '' || isCurrency(unit.trim()))) return { value: null, faults: [ambiguous] }
  const { value, faults } = parseQuantity(text, vocabulary)
  if (value === null) return { value: null, faults }
  if (value.unit !== 'money' && value.unit !== 'number')
    return refuse(text, 'bad-money', 'this is not money', 'for example `500 TRY`')
  if (value.value <= 0) return refuse(text, 'out-of-range', 'the amount must be more than zero')
  if (value.unit === 'number' && known.length > 1) {
    const message = `the rule covers accounts in ${known.join(' and ')}, and the amount has no currency`
    return refuse(text, 'currency-needed', message, `write one rule for each currency, with \`${value.value} ${known[0]}\``)
  }
  const currency = value.currency ?? vocabulary.accounts?.[0]?.currency ?? null
  const fine = currency === null || anyPrecision ? null : tooPrecise(value.value, currency, { start: 0, end: text.length })
  if (fine !== null) return { value: null, faults: [fine] }
  return { value: { value: value.value, currency: value.currency }, faults }
}

/** Whether the only fault is an ambiguous amount. */
export const isAmbiguous = (faults: readonly Fault[]): boolean =>
  faults.length > 0 && faults.every(({ code }) => code === 'ambiguous-amount')

function quantityOf(expression: Expression): Quantity | null {
  switch (expression.kind) {
    case 'money':
      return { value: expression.value, unit: 'money', currency: expression.currency }
    case 'number': {
      const { kind } = expression.unit
      return kind === 'number' || kind === 'percentage' || kind === 'duration'
        ? { value: expression.value, unit: kind, currency: null }
        : null
    }
    case 'negate': {
      const operand = quantityOf(expression.operand)
      return operand === null ? null : { ...operand, value: -operand.value }
    }
    case 'text':
    default:
      return null
  }
}
