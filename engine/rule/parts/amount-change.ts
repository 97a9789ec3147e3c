/** Reads the change of an amount, for the steps `budget` and `bid`. */

import { type Reading, refuse } from '../../diagnostic/fault.js'
import type { Fields } from '../../document/fields.js'
import { parseMoney, parsePercentage } from '../../expression/read/amount.js'
import { percentageMeant } from '../../expression/read/literal.js'
import type { Vocabulary } from '../../expression/read/vocabulary.js'
import { hasTwoReadings } from '../../expression/read/written-number.js'
import type { Span } from '../../expression/syntax.js'
import type { BudgetChange, MoneyAmount } from '../rule.js'

/** A change with the limits of its result; null for no limit. */
export interface AmountChange {
  readonly change: BudgetChange
  readonly min: MoneyAmount | null
  readonly max: MoneyAmount | null
}

/**
 * Reads a change, alone (`+15%`) or with limits of the new amount (`{ change: +15%, max: 900 TRY }`).
 *
 * @param what names the amount in messages
 * @returns null if there is an error, which is then reported at its place below `path`
 */
export function readChange(
  written: string | { readonly [key in 'change' | 'min' | 'max']?: string | undefined },
  what: 'budget' | 'bid',
  path: string,
  fields: Fields,
  vocabulary: Vocabulary,
): AmountChange | null {
  const money = (text: string): Reading<MoneyAmount> => parseMoney(text, vocabulary)
  if (typeof written === 'string') {
    const change = fields.read(path, written, (text) => parseChange(text, what, vocabulary))
    return change === null ? null : { change, min: null, max: null }
  }
  const change = fields.read(`${path}/change`, written.change, (text) => parseChange(text, what, vocabulary))
  const min = fields.read(`${path}/min`, written.min, money)
  const max = fields.read(`${path}/max`, written.max, money)
  // A limit with an error must not be treated as no limit.
  if ((min === null && fields.has(`${path}/min`)) || (max === null && fields.has(`${path}/max`))) return null
  if (min !== null && max !== null && min.value > max.value) {
    fields.fault(`${path}/min`, 'out-of-range', '`min` is above `max`')
    return null
  }
  if (
    change?.kind === 'absolute' &&
    ((min?.value ?? 0) > change.amount.value || (max?.value ?? Infinity) < change.amount.value)
  ) {
    fields.fault(`${path}/change`, 'out-of-range', `the new ${what} is not between \`min\` and \`max\``)
    return null
  }
  return change === null ? null : { change, min, max }
}

/** A raise by more than this (1,000%) is taken for a mistake. */
const LARGEST_RAISE = 10

/**
 * Reads a change of the amount: by a percentage (`+15%`, `-20%`), or to a new amount (`500 TRY`). Forms that have two readings are
 * errors, with both in the hint: `15%` has no direction, `15` may be a percentage or an amount.
 */
export function parseChange(text: string, what: 'budget' | 'bid', vocabulary: Vocabulary): Reading<BudgetChange> {
  const signed = /^\s*([+-])\s*/.exec(text)
  if (signed === null) {
    const percentage = /^\s*%\s*([\d.]+)\s*$|^\s*([\d.]+)\s*%\s*$/.exec(text)
    if (percentage !== null) {
      const number = percentage[1] ?? percentage[2]!
      return refuse(
        text,
        `bad-${what}`,
        `this does not say whether the ${what} goes up or down`,
        `did you mean \`+${number}%\` or \`-${number}%\`?`,
      )
    }
    const bare = bareChange(text, what, vocabulary)
    if (bare !== null) return bare
    if (/[[*/(]/.test(text)) return notAnAmount(text, what)
    const { value, faults } = parseMoney(text, vocabulary)
    return { value: value === null ? null : { kind: 'absolute', amount: value }, faults }
  }
  // With a sign, only a percentage may follow.
  const rest = text.slice(signed[0].length)
  const { value, faults } = parsePercentage(rest, vocabulary)
  if (value === null) {
    const number = /^%?\s*(\d+(?:\.\d+)?)\s*$/.exec(rest)?.[1]
    if (number !== undefined) {
      const meant = rest.startsWith('%') ? `${number}%` : percentageMeant(Number(number))
      return notAnAmount(text, what, `did you mean \`${signed[1]!}${meant}\`?`)
    }
    if (faults.some((fault) => fault.code === 'bad-percentage') || /[[*/(]/.test(rest)) return notAnAmount(text, what)
    return {
      value: null,
      faults: faults.map((fault) => ({ ...fault, span: shifted(fault.span, signed[0].length) })),
    }
  }
  if (value === 0) return refuse(text, 'out-of-range', 'a change of 0% changes nothing')
  if (signed[1] === '-' && value >= 1) return refuse(text, 'out-of-range', `this leaves nothing of the ${what}`, 'use `pause`')
  if (value > LARGEST_RAISE) return refuse(text, 'out-of-range', `the ${what} would be more than eleven times what it is`)
  return { value: { kind: 'relative', ratio: signed[1] === '-' ? -value : value }, faults }
}

/** The place in the whole text of a span in the part after the sign. */
const shifted = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by })

/** A bare number up to this may be a percentage: in no currency is a budget this small likely. */
const LARGEST_PERCENTAGE = 100

/**
 * Returns the error for a bare number such as `15`, which may be an amount or a percentage: a budget of 500 must not become 15 by
 * mistake. Null if the text is another form, or too large for a percentage.
 */
function bareChange(text: string, what: 'budget' | 'bid', vocabulary: Vocabulary): Reading<BudgetChange> | null {
  const number = /^\s*(\d+(?:\.\d+)?)\s*$/.exec(text)?.[1]
  const value = Number(number)
  if (number === undefined || value === 0 || value > LARGEST_PERCENTAGE || hasTwoReadings(number)) return null
  const currency = vocabulary.accounts?.[0]?.currency ?? 'TRY'
  // A factor of 1.2 means a raise by 20%.
  const isFactor = value > 1 && value < 3 && !Number.isInteger(value)
  const change = percentageMeant(isFactor ? Number((value - 1).toPrecision(12)) : value)
  const message = `\`${number}\` may be an amount or a percentage`
  return refuse(text, `bad-${what}`, message, `did you mean \`+${change}\`, \`-${change}\` or \`${number} ${currency}\`?`)
}

function notAnAmount(
  text: string,
  what: 'budget' | 'bid',
  hint = 'for example `+15%`, `-20%`, `500 TRY`',
): Reading<BudgetChange> {
  return refuse(text, `bad-${what}`, `a ${what} changes by a percentage, or is set to an amount`, hint)
}
