/** Pauses are held by who made them; an entity starts when nobody holds it any more. */

import type { Mutation } from '../store/mutations.js'
import { holdPause, letGoOfAllPauses, pauseHolders } from '../store/pause-holds.js'
import type { Store } from '../store/store.js'
import { PERSON } from './outside-changes.js'

/** Writes down who holds the entity after a change of its status. */
export async function keepHolds(
  store: Store,
  mutation: Pick<Mutation, 'account' | 'entity_id' | 'field' | 'target' | 'made_by' | 'decision'>,
  outcome: 'confirmed' | 'unchanged',
  at: number,
): Promise<void> {
  const { account, entity_id: entityId, field, target, made_by: madeBy, decision } = mutation
  if (field !== 'status') return
  if (target === 'ACTIVE') {
    // It delivers, so nobody holds it: `start` got here only after all others had let go, or over their heads.
    await letGoOfAllPauses(store, account, entityId, at)
    return
  }
  if (outcome === 'unchanged') await holdForWhoeverPaused(store, account, entityId, at)
  const holder = madeBy.startsWith('api:') ? PERSON : madeBy
  await holdPause(store, { account, entityId, holder, decision, since: at })
}

/** An entity that is paused and held by nobody was paused by a person: their pause must outlive a rule's. */
export async function holdForWhoeverPaused(store: Store, account: string, entityId: string, at: number): Promise<void> {
  const holders = await pauseHolders(store, account, entityId)
  if (holders.length === 0) await holdPause(store, { account, entityId, holder: PERSON, decision: null, since: at })
}
