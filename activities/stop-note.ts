/** Whether an account's rules are stopped, as a sentence: what a step that reaches people or the world asks before it does. */

import { standingStop } from '../store/stops.js'
import type { Stop } from '../store/stops.js'
import type { Store } from '../store/store.js'

/** Why the account's rules are stopped; null where they are not. */
export async function stopNote(store: Store, account: string): Promise<string | null> {
  const stop = await standingStop(store, account)
  return stop === undefined ? null : noteOf(stop)
}

const noteOf = ({ reason, stopped_by: by }: Stop): string => `The account’s rules are stopped: ${reason} (${by})`
