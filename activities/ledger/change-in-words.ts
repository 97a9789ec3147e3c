/** A change of the ledger as a person would say it, before and after it is made. */

import type { Account } from '../../engine/account/account.js'
import { moneyText } from '../../engine/message/value-text.js'
import { readCopyTarget } from './copy-target.js'

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
  const money = (amount: string): string => moneyText(Number(amount), { language: 'en', currency: account.currency })
  const both = (words: string): ChangeInWords => ({ summary: words, done: words })
  switch (change.field) {
    case 'status':
      return change.target === 'ACTIVE' ? { summary: 'start', done: 'started' } : { summary: 'pause', done: 'paused' }
    case 'bid_amount':
      return both(`bid ${change.before === '' ? 'unset' : money(change.before)} → ${money(change.target)}`)
    case 'name':
      return { summary: `rename to “${change.target}”`, done: `renamed to “${change.target}”` }
    case 'labels':
      return both(`labels ${(JSON.parse(change.target) as string[]).join(', ') || 'none'}`)
    case 'copy': {
      const { name, mark } = readCopyTarget(change.target)
      const words = name === null ? `its name and “${mark.trim()}”` : `“${name}”`
      return { summary: `copy as ${words}`, done: `copied as ${words}, paused` }
    }
    default: {
      const kind = change.field === 'lifetime_budget' ? 'lifetime budget' : 'budget'
      return both(`${kind} ${money(change.before)} → ${money(change.target)}`)
    }
  }
}
