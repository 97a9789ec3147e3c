/** Whether an account's rules are stopped, as a sentence: what a step that reaches people or the world asks before it does. */

import { decodeAuthor } from '../../engine/change/author.js'
import { isRelease } from '../../engine/change/mutation-id.js'
import type { Store } from '../../store/base/store.js'
import type { Mutation } from '../../store/decisions/mutations.js'
import type { Message } from '../../store/messages/messages.js'
import { standingStop, type Stop, stopOver } from '../../store/rules/stops.js'

/** Why the account's rules are stopped; null where they are not. */
export async function stopNote(store: Store, account: string): Promise<string | null> {
  const stop = await standingStop(store, account)
  return stop === undefined ? null : noteOf(stop)
}

/** Why a rule's message does not go out any more; null for one that does, and for tetik's own. */
export async function withdrawal(store: Store, message: Message): Promise<string | null> {
  if (message.of_rule !== 1) return null
  const stop = await stopOver(store, message.account, message.created_at)
  return stop === undefined ? null : noteOf(stop)
}

/**
 * Whether a stop holds a change of a rule that was not sent yet. Changes that only take something back continue: the release of a
 * stopped rule's pause, and pausing again what a launch set active.
 */
export function isHeldByStops({ id, decision, made_by: by, field, target }: Mutation): boolean {
  if (decision === null) return false
  const isLaunchPause = decodeAuthor(by).kind === 'launch' && field === 'status' && target === 'PAUSED'
  return !isRelease(id, decision) && !isLaunchPause
}

/** Why a change that was not sent yet is not sent any more, since a stop came over it; null for one that is. */
export async function changeStopNote(store: Store, mutation: Mutation): Promise<string | null> {
  if (!isHeldByStops(mutation)) return null
  const stop = await stopOver(store, mutation.account, mutation.intended_at)
  return stop === undefined ? null : noteOf(stop)
}

const noteOf = ({ reason, stopped_by: by }: Stop): string => `The account’s rules are stopped: ${reason} (${by})`
