/** A change that a later change of the same field replaced: it is never sent again, and the ledger records its outcome. */

import { ApplicationFailure } from '@temporalio/activity'

import { isPersons } from '../../engine/change/author.js'
import { fieldInWords } from '../../engine/change/in-words.js'
import { beforeOf, decodeValue, type LedgerValue, sameValue, valueInWords } from '../../engine/change/ledger-value.js'
import type { Store } from '../../store/base/store.js'
import { inTransaction } from '../../store/base/transaction.js'
import { type Mutation, settleMutation } from '../../store/decisions/mutations.js'
import type { LaterChange } from '../../store/decisions/superseding.js'
import type { ErrorSummary } from '../base/contract.js'
import { CHANGED_MEANWHILE } from './outside-changes.js'
import { keepHolds, keepHoldsOfSuperseded } from './pause-holds.js'

/** The type of the failure of a change that a later one in our own ledger replaced. */
export const SUPERSEDED = 'superseded'

/** Returns the next change if that one found this one's value at Meta, which shows that this one was made; else null. */
export function foundByNext({ sent_at: sent, target }: Mutation, later: readonly LaterChange[]): LaterChange | null {
  const next = later.find(({ intended_at: at }) => at !== null)
  return sent !== null && next !== undefined && next.intended_at! > sent && next.before === target ? next : null
}

/**
 * Settles the change as made; holds of later changes stay as they are.
 *
 * @param edited Meta's date of the entity's last edit, from the reading that showed the change
 */
export const settleMade = (store: Store, mutation: Mutation, at: number, edited: number | null): Promise<void> =>
  inTransaction(store, async (transaction) => {
    const settlement = { outcome: 'confirmed' as const, at, ...(edited === null ? {} : { editedAfter: edited }) }
    if (await settleMutation(transaction, mutation.id, settlement)) await keepHolds(transaction, mutation, 'confirmed', at)
  })

/** @param found the status as just read, if it shows what somebody outside did; else null */
export const settleSuperseded = (
  store: Store,
  mutation: Mutation,
  { error, found, at }: { readonly error: ErrorSummary; readonly found: string | null; readonly at: number },
): Promise<void> =>
  inTransaction(store, async (transaction) => {
    if (await settleMutation(transaction, mutation.id, { outcome: 'superseded', error, at })) {
      await keepHoldsOfSuperseded(transaction, mutation, found, at)
    }
  })

/** @param currency the account's; null where it is not known */
export function supersededBy(mutation: Mutation, later: readonly LaterChange[], currency: string | null): ErrorSummary {
  const last = later.at(-1)!
  const who = isPersons(last) ? 'A later change by a person' : `A later change by ${last.made_by}`
  const target = valueInWords(decodeValue(mutation.field, last.target), { language: 'en', currency })
  const sent = mutation.sent_at === null ? 'It was not sent' : 'It was sent and is not sent again'
  return { type: SUPERSEDED, message: `${who} took its place (${fieldInWords(mutation.field)} → ${target}). ${sent}.` }
}

/** Returns the error of a change that was sent, if somebody outside has edited the field since. */
export function editedOutside(mutation: Mutation, value: LedgerValue, currency: string | null): ErrorSummary {
  const shown = valueInWords(value, { language: 'en', currency })
  const is = sameValue(value, beforeOf(mutation)) ? `is ${shown} again` : `is ${shown} now`
  const message = `It was sent, and then somebody edited it: its ${fieldInWords(mutation.field)} ${is} and stays so.`
  return { type: CHANGED_MEANWHILE, message }
}

export const failureOfSummary = ({ type, message }: ErrorSummary): ApplicationFailure =>
  ApplicationFailure.nonRetryable(message, type)
