/** Steps as predicates: "pauses the ad set and writes to “owner” on WhatsApp". */

import { SCOPE_WORDS } from '../metric/words.js'
import type { BudgetChange, MoneyAmount, Step } from '../rule/rule.js'
import type { AmountLimits, StepWords } from '../rule/steps/definition.js'
import { kindOf } from '../rule/steps/steps.js'
import { durationText, percentageText } from '../text/value-text.js'
import { toMinor } from '../value/minor-units.js'
import { conditionText } from './condition-text.js'
import { roundMoneyText } from './parts/amount.js'
import { joinedList, quoted, type WordingOptions } from './parts/wording.js'

/** Returns what one step does, as a predicate without a subject and a full stop. */
const stepText = (step: Step, options: WordingOptions): string => kindOf(step).does[options.language](step, stepWords(options))

/** Returns what all steps do, one after the other. */
export const stepsText = (steps: readonly Step[], options: WordingOptions): string =>
  listed(
    steps.map((step) => stepText(step, options)),
    options,
  )

function stepWords(options: WordingOptions): StepWords {
  const { language, scope, name } = options
  const { en, tr } = SCOPE_WORDS[scope]
  const named = name === undefined ? '' : `${quoted(name)} `
  return {
    it: language === 'tr' ? `${named}${tr.what}` : `the ${en.one}${name === undefined ? '' : ` ${quoted(name)}`}`,
    its: language === 'tr' ? `${named}${tr.whose}` : `the ${en.one}${name === undefined ? '’s' : ` ${quoted(name)}’s`}`,
    change: (change, limits, what) => changeText(change, limits, what, options),
    duration: (milliseconds) => durationText(milliseconds, language),
    condition: (condition) => conditionText(condition, options),
    quoted,
    list: (texts) => listed(texts.map(quoted), options),
  }
}

function changeText(change: BudgetChange, { min, max }: AmountLimits, what: string, options: WordingOptions): string {
  const money = ({ value, currency }: MoneyAmount): string =>
    roundMoneyText(toMinor(value, currency ?? options.currency), options)
  const share = change.kind === 'relative' ? percentageText(Math.abs(change.ratio), options.language) : ''
  if (options.language === 'tr') {
    const limits = [min === null ? [] : `en az ${money(min)}`, max === null ? [] : `en fazla ${money(max)}`].flat()
    const changes =
      change.kind === 'absolute' ? `${money(change.amount)} yapar` : `${share} ${change.ratio < 0 ? 'azaltır' : 'artırır'}`
    return `${what} ${changes}${limits.length === 0 ? '' : ` (${limits.join(', ')})`}`
  }
  const limits = [min === null ? [] : `${money(min)} at least`, max === null ? [] : `${money(max)} at most`].flat()
  if (change.kind === 'absolute') return `sets ${what} to ${money(change.amount)}${limits.map((limit) => `, ${limit}`).join('')}`
  const changes = `${change.ratio < 0 ? 'lowers' : 'raises'} ${what} by ${share}`
  return limits.length === 0 ? changes : `${changes}, to ${limits.join(' and ')}`
}

function listed(parts: readonly string[], { language }: WordingOptions): string {
  const hasPauses = parts.some((part) => /[:;]/.test(part))
  return joinedList(parts, language === 'tr' ? 've' : 'and', hasPauses ? ';' : ',', language)
}
