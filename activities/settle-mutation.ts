/** Writes down how a change ended that could not be brought to its end. */

import { findMutation, settleMutation as settle } from '../store/mutations.js'
import type { MainActivities } from './contracts.js'
import type { ActivityDependencies } from './dependencies.js'

/** What was never sent was refused; what was sent and not found out stays unknown, with the reason. */
export const settleMutation =
  ({ store, now }: ActivityDependencies): MainActivities['settleMutation'] =>
  async ({ mutation: id, error }) => {
    const mutation = await findMutation(store, id)
    const outcome = mutation?.outcome === 'unknown' ? 'unknown' : 'refused'
    await settle(store, id, { outcome, error, at: now() })
    return { outcome }
  }
