/** Records how a change ended whose attempts are over. */

import type { Settlement } from '../../engine/change/settlement.js'
import { findMutation, settleMutation as settle } from '../../store/decisions/mutations.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import type { ChangeActivities } from './contract.js'

/**
 * What was never sent was refused; what was sent and not found out stays unknown, with the reason, until a later reading says
 * it. What was found out meanwhile stays.
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
