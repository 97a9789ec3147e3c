/** A change of the ledger as a person would say it, before and after it is made. */

import type { Account } from '../engine/account/account.js'
import { moneyText } from '../engine/action/value-text.js'

export interface ChangeInWords {
  /** `pause`, `budget ₺500.00 → ₺575.00` */
  readonly summary: string
  /** `paused`, `budget ₺500.00 → ₺575.00` */
  readonly done: string
}

export function changeInWords(
  change: { readonly field: string; readonly before: string; readonly target: string },
  account: Pick<Account, 'currency'>,
): ChangeInWords {
  if (change.field === 'status') {
    return change.target === 'ACTIVE' ? { summary: 'start', done: 'started' } : { summary: 'pause', done: 'paused' }
  }
  const money = (amount: string): string => moneyText(Number(amount), { language: 'en', currency: account.currency })
  const kind = change.field === 'lifetime_budget' ? 'lifetime budget' : 'budget'
  const words = `${kind} ${money(change.before)} → ${money(change.target)}`
  return { summary: words, done: words }
}
