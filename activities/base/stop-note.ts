/** Says in a sentence whether an account's rules are stopped. Every step with an effect outside of tetik asks this first. */

import { decodeAuthor } from '../../engine/change/author.js'
import { isRelease } from '../../engine/change/mutation-id.js'
import type { Store } from '../../store/base/store.js'
import type { Mutation } from '../../store/decisions/mutations.js'
import type { Message } from '../../store/messages/messages.js'
import { standingStop, type Stop, stopOver } from '../../store/rules/stops.js'

/** Returns why the account's rules are stopped; null if they are not. */
export async function stopNote(store: Store, account: string): Promise<string | null> {
  const stop = await standingStop(store, account)
  return stop === undefined ? null : noteOf(stop)
}

/** Returns why a rule's message must not be sent any more; null if it may be sent, and for tetik's own messages. */
export async function withdrawal(store: Store, message: Message): Promise<string | null> {
  if (message.of_rule !== 1) return null
  const stop = await stopOver(store, message.account, message.created_at)
  return stop === undefined ? null : noteOf(stop)
}

/**
 * Whether a stop prevents this change, if it was not sent yet. It prevents all changes of rules except those that only undo
 * something: the release of a stopped rule's pause, and pausing again what a launch set active.
 */
export function isHeldByStops({ id, decision, made_by: by, field, target }: Mutation): boolean {
  if (decision === null) return false
  const isLaunchPause = decodeAuthor(by).kind === 'launch' && field === 'status' && target === 'PAUSED'
  return !isRelease(id, decision) && !isLaunchPause
}

/** Returns the stop that prevents sending a change that was not sent yet, as a sentence; null if it may be sent. */
export async function changeStopNote(store: Store, mutation: Mutation): Promise<string | null> {
  if (!isHeldByStops(mutation)) return null
  const stop = await stopOver(store, mutation.account, mutation.intended_at)
  return stop === undefined ? null : noteOf(stop)
}

const noteOf = ({ reason, stopped_by: by }: Stop): string => `The account’s rules are stopped: ${reason} (${by})`
