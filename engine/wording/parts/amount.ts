/** Numbers within sentences: whole units of money from 100 on, because nobody decides by the kuruş of ₺1.609. */

import { moneyText, type TextOptions, valueText } from '../../text/value-text.js'
import { isCurrency, minorUnitsPer } from '../../value/currency.js'
import type { UnitKind } from '../../value/unit.js'
import { AtLeast, type Value } from '../../value/value.js'

/** In major units. */
const WHOLE_FROM = 100

/** @param minor money in minor units, possibly a fraction of one */
export function roundMoneyText(minor: number, options: TextOptions): string {
  const minorUnits = options.currency !== null && isCurrency(options.currency) ? minorUnitsPer(options.currency) : 100
  const isWhole = Math.abs(minor) >= WHOLE_FROM * minorUnits || minor % minorUnits === 0
  return moneyText(isWhole ? Math.round(minor / minorUnits) * minorUnits : minor, options, {
    sign: 'narrowSymbol',
    ...(isWhole ? { digits: 0 } : {}),
  })
}

/** Returns a value for a sentence; money is rounded as `roundMoneyText` does. */
export const amountText = (value: Value, unit: UnitKind, options: TextOptions): string =>
  value instanceof AtLeast
    ? `${AT_LEAST[options.language]} ${amountText(value.bound, unit, options)}`
    : unit === 'money' && typeof value === 'number' && Number.isFinite(value)
      ? roundMoneyText(value, options)
      : valueText({ value, unit }, options)

const AT_LEAST = { en: 'at least', tr: 'en az' } as const

/** Returns both texts; if rounding makes different values look the same, as ₺180.40 and ₺180 would, neither is rounded. */
export function comparedTexts(one: Value, other: Value, unit: UnitKind, options: TextOptions): readonly [string, string] {
  const [left, right] = [amountText(one, unit, options), amountText(other, unit, options)]
  if (left !== right || one === other) return [left, right]
  const exact = (value: Value): string =>
    unit === 'money' && typeof value === 'number'
      ? moneyText(value, options, { sign: 'narrowSymbol' })
      : valueText({ value, unit }, options)
  return [exact(one), exact(other)]
}
