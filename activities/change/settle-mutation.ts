/** Records the outcome of a change after its last attempt. */

import type { Settlement } from '../../engine/change/settlement.js'
import { findMutation, settleMutation as settle } from '../../store/decisions/mutations.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import type { ChangeActivities } from './contract.js'

/**
 * A change that was never sent is refused. One that was sent and has no known outcome stays unknown, with the reason, until a later
 * reading settles it. An outcome that was found out in the meantime stays.
 */
export const settleMutation =
  ({ store, now }: ActivityDependencies): ChangeActivities['settleMutation'] =>
  async ({ mutation: id, error }) => {
    const mutation = await findMutation(store, id)
    if (mutation === undefined) return { outcome: 'refused' }
    const open = mutation.outcome === 'unknown' ? 'unknown' : 'refused'
    if (await settle(store, id, { outcome: open, error, at: now() })) return { outcome: open }
    const { outcome, before, target } = (await findMutation(store, id))!
    return { outcome: outcome as Settlement, before, target }
  }
