/** Describes a change of the ledger in words, before and after it is made. */

import type { Account } from '../account/account.js'
import { moneyText } from '../text/value-text.js'
import { amountOf, beforeOf, targetOf } from './ledger-value.js'

export interface ChangeInWords {
  /** `pause`, `budget ₺500.00 → ₺575.00` */
  readonly summary: string
  /** `paused`, `budget ₺500.00 → ₺575.00` */
  readonly done: string
}

/** @param change field and values as stored in the ledger */
export function changeInWords(
  change: { readonly field: string; readonly before: string; readonly target: string },
  account: Pick<Account, 'currency'>,
): ChangeInWords {
  const [before, target] = [amountOf(beforeOf(change)), targetOf(change)]
  const money = (amount: number | null): string =>
    amount === null ? 'unset' : moneyText(amount, { language: 'en', currency: account.currency })
  const both = (words: string): ChangeInWords => ({ summary: words, done: words })
  switch (target.kind) {
    case 'status':
      return target.status === 'ACTIVE' ? { summary: 'start', done: 'started' } : { summary: 'pause', done: 'paused' }
    case 'bid':
      return both(`bid ${money(before)} → ${money(target.amount)}`)
    case 'name':
      return { summary: `rename to “${target.name}”`, done: `renamed to “${target.name}”` }
    case 'labels':
      return both(`labels ${target.labels.join(', ') || 'none'}`)
    case 'copy': {
      const words = target.name === null ? `its name and “${target.mark.trim()}”` : `“${target.name}”`
      return { summary: `copy as ${words}`, done: `copied as ${words}, paused` }
    }
    case 'budget': {
      const kind = target.field === 'lifetime_budget' ? 'lifetime budget' : 'budget'
      return both(`${kind} ${money(before)} → ${money(target.amount)}`)
    }
    default:
      return both(`${fieldInWords(change.field)} ${change.before} → ${change.target}`)
  }
}

/** Returns `daily budget` for `daily_budget`. */
export const fieldInWords = (field: string): string => field.replaceAll('_', ' ')
