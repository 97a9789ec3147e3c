/** Checks the amounts in one line: their currency, their number of decimals, and whether they are ambiguous. */

import type { Fault } from '../../diagnostic/fault.js'
import type { Expression, Span } from '../syntax.js'
import type { Checked } from './checked.js'
import { isCountedMoney, numbersIn, writtenMoney } from './counted-money.js'
import type { Vocabulary } from './vocabulary.js'
import { tooPrecise, twoReadings } from './written-number.js'

export class AmountChecks {
  private currency: string | null = null
  /** Bare numbers as written, to check for a second reading once one turns out to be an amount. */
  private readonly written = new WeakMap<Expression, string>()
  /** The text of ambiguous amounts: if one is compared with a sum, both readings offered must fit the currency. */
  private readonly ambiguous = new WeakMap<Fault, { readonly text: string; readonly unit: string }>()

  /** @param faults the line's faults: new ones are added, and one about an ambiguous amount may be replaced */
  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly faults: Fault[],
  ) {}

  /** Remembers a bare number as written. */
  remember(expression: Expression, text: string): void {
    this.written.set(expression, text)
  }

  /** Money must be in the currency of every account that the rule covers, and in one currency within a line. */
  ownCurrency(currency: string, span: Span, value: number): void {
    const other = (this.vocabulary.accounts ?? []).find((account) => account.currency !== null && account.currency !== currency)
    if (other !== undefined) {
      const several = new Set(this.vocabulary.accounts!.map((account) => account.currency)).size > 1
      const hint = several
        ? 'write one rule for each currency, or compare with a target of the account'
        : `did you mean \`${value} ${other.currency}\`?`
      this.fault('currency-mismatch', `the account ${other.name} uses ${other.currency}, not ${currency}`, span, hint)
    } else if (this.currency !== null && this.currency !== currency) {
      this.fault('currency-mismatch', `${this.currency} and ${currency} do not mix`, span)
    }
    this.currency ??= currency
  }

  /** Checks a number that the other side turned into an amount or a count. */
  settle(before: Checked, after: Checked): void {
    this.needCurrency(before, after)
    const kind = after.unit?.kind
    const isAmount = before.bends === 'bare' ? kind === 'money' || kind === 'count' : before.bends === 'plain' && kind === 'count'
    if (!isAmount) return
    for (const number of numbersIn(before.expression)) this.refuseTwoReadings(this.written.get(number) ?? '', '', number.span)
  }

  /** Reports a number that can be read in two ways, such as `1.250`. */
  refuseTwoReadings(text: string, unit: string, span: Span): void {
    const fault = twoReadings(text, unit, span)
    if (fault === null) return
    this.ambiguous.set(fault, { text, unit })
    this.faults.push(fault)
  }

  /**
   * Compared with a sum or a budget, an amount may have at most the decimals of its currency; a cost per result may have more.
   */
  refuseTooPrecise(subject: Expression, other: Expression): void {
    const amount = writtenMoney(other)
    const currency = amount?.currency ?? this.vocabulary.accounts?.[0]?.currency ?? null
    if (amount === null || currency === null || !isCountedMoney(subject)) return
    const index = this.faults.findIndex(({ code, span }) => code === 'ambiguous-amount' && span.end === other.span.end)
    if (index >= 0) {
      const before = this.faults[index]!
      const written = this.ambiguous.get(before)
      if (written !== undefined) this.faults[index] = twoReadings(written.text, written.unit, before.span, currency) ?? before
      return
    }
    const fault = tooPrecise(amount.value, currency, other.span)
    if (fault !== null) this.faults.push(fault)
  }

  /** Reports a bare number that became money if the accounts use several currencies: it is not clear which one is meant. */
  private needCurrency(before: Checked, after: Checked): void {
    if ((before.bends !== 'bare' && before.bends !== 'payload') || after.unit?.kind !== 'money') return
    const currencies = [...new Set((this.vocabulary.accounts ?? []).flatMap((account) => account.currency ?? []))]
    if (currencies.length < 2) return
    const message = `the rule covers accounts in ${currencies.join(' and ')}, and the number has no currency`
    this.fault('currency-needed', message, before.expression.span, 'write it: `120 TRY`, in one rule for each currency')
  }

  private fault(code: string, message: string, span: Span, hint?: string): void {
    this.faults.push({ code, message, span, ...(hint === undefined ? {} : { hint }) })
  }
}
