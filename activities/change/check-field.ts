/** Checks of a field's current value at Meta before a change of it is sent. */

import { ApplicationFailure } from '@temporalio/activity'

import { isPersons, isWrittenByPerson } from '../../engine/change/author.js'
import { fieldInWords } from '../../engine/change/in-words.js'
import { beforeOf, encodeValue, type LedgerValue, sameValue, targetOf, valueInWords } from '../../engine/change/ledger-value.js'
import type { Entity } from '../../store/account/entities.js'
import type { Mutation } from '../../store/decisions/mutations.js'
import { earlierSent, personsPending } from '../../store/decisions/superseding.js'
import { MAY_ARRIVE, TRIED_FOR } from '../base/change-times.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { mayHaveArrivedAfter, wasEditedSince } from '../ledger/edited-since.js'
import { CHANGED_MEANWHILE } from '../ledger/outside-changes.js'
import { editedOutside, failureOfSummary, settleSuperseded } from '../ledger/supersede.js'

export interface Reading {
  readonly value: LedgerValue
  readonly entity: Entity
}

/**
 * Checks before the first sending that the field still has the value from when the change was prepared and that nobody has edited
 * the entity since, or that one of our own earlier changes set the field.
 *
 * @returns the field's current value, encoded
 * @throws ApplicationFailure `changed-meanwhile`
 */
export async function checkExpected(
  dependencies: ActivityDependencies,
  mutation: Mutation,
  { value, entity }: Reading,
): Promise<string> {
  const { store, now } = dependencies
  const field = fieldInWords(mutation.field)
  if (!isPersons(mutation) && (await personsPending(store, mutation, now() - TRIED_FOR))) {
    throw ApplicationFailure.nonRetryable(`A person’s change of its ${field} is being made.`, CHANGED_MEANWHILE)
  }
  if (sameValue(value, beforeOf(mutation))) {
    if (!(await wasEditedSince(store, mutation, entity, now()))) return mutation.before
    throw ApplicationFailure.nonRetryable(
      `Somebody else edited it in the meantime; its ${field} is ${shown(dependencies, mutation, beforeOf(mutation))} and stays so.`,
      CHANGED_MEANWHILE,
    )
  }
  const prepared = mutation.edited_when_prepared ?? 0
  const ours = (await earlierSent(store, mutation, mutation.intended_at - TRIED_FOR)).filter(
    (earlier) => sameValue(targetOf(earlier), value) && mayHaveArrivedAfter(earlier, prepared),
  )
  // A person's later request meant to overwrite our own change. A computed target would depend on the old value.
  if (isWrittenByPerson(mutation) && value.kind !== 'unset' && ours.length > 0) return encodeValue(value)
  const was = `${field} was ${shown(dependencies, mutation, beforeOf(mutation))} and is ${shown(dependencies, mutation, value)} now`
  throw ApplicationFailure.nonRetryable(`Somebody else changed it in the meantime: ${was}.`, CHANGED_MEANWHILE)
}

/**
 * Checks before the change is sent again or waited for that nobody has edited the field since it was first sent.
 *
 * @returns the field's current value, encoded
 * @throws ApplicationFailure `superseded`
 */
export async function checkUntouched(
  dependencies: ActivityDependencies,
  mutation: Mutation,
  { value, entity }: Reading,
): Promise<string> {
  const { store, now } = dependencies
  const isAsBefore = sameValue(value, beforeOf(mutation))
  if (isAsBefore && !(await wasEditedSince(store, mutation, entity, now()))) return mutation.before
  // A change that Meta has accepted may take a while to become visible.
  const isYoung = now() - (mutation.answered_at ?? 0) < MAY_ARRIVE
  if (isAsBefore && isYoung) return mutation.before
  const error = editedOutside(mutation, value, accountOf(dependencies, mutation.account).currency)
  await settleSuperseded(store, mutation, { error, found: value.kind === 'status' ? value.status : null, at: now() })
  throw failureOfSummary(error)
}

/** Formats a value of the field for people. */
function shown(dependencies: ActivityDependencies, mutation: Mutation, value: LedgerValue): string {
  return valueInWords(value, { language: 'en', currency: accountOf(dependencies, mutation.account).currency })
}
