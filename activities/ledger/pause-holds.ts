/** A pause is held by everyone who made it; an entity starts when nobody holds its pause any more. */

import { isPersons } from '../../engine/change/author.js'
import type { Store } from '../../store/base/store.js'
import type { Mutation } from '../../store/decisions/mutations.js'
import { holdPause, pauseHolders, releasePause, releasePauses } from '../../store/decisions/pause-holds.js'
import { laterMade } from '../../store/decisions/superseding.js'
import { PERSON } from './outside-changes.js'

type StatusChange = Pick<Mutation, 'account' | 'entity_id' | 'field' | 'target' | 'made_by' | 'decision' | 'order_number'>

const holderOf = (change: Pick<Mutation, 'made_by'>): string => (isPersons(change) ? PERSON : change.made_by)

/**
 * Records who holds the entity's pause after a change of its status. A change may be confirmed late: later changes of the status
 * keep their effect.
 */
export async function keepHolds(
  store: Store,
  mutation: StatusChange,
  outcome: 'confirmed' | 'unchanged',
  at: number,
): Promise<void> {
  const { account, entity_id: entityId, field, target, decision } = mutation
  if (field !== 'status') return
  const later = await laterMade(store, mutation)
  if (target === 'ACTIVE') {
    // It was started, so nobody holds it: either all others had released it, or the start overrode them.
    const pausedSince = later.filter((change) => change.target === 'PAUSED').map(holderOf)
    await releasePauses(store, account, entityId, { at, except: pausedSince })
    return
  }
  if (later.some((change) => change.target === 'ACTIVE')) return
  if (outcome === 'unchanged') await holdForPerson(store, account, entityId, at)
  await holdPause(store, { account, entityId, holder: holderOf(mutation), decision, since: at })
}

/**
 * The same for a change that a later one replaced.
 *
 * @param found the status as just read; null if it was not read because the later change is in our own ledger
 */
export async function keepHoldsOfSuperseded(
  store: Store,
  mutation: StatusChange,
  found: string | null,
  at: number,
): Promise<void> {
  const { account, entity_id: entityId, field, target } = mutation
  if (field !== 'status') return
  if (found === 'ACTIVE') {
    await releasePauses(store, account, entityId, { at, except: [] })
    return
  }
  // The rule that wanted to start it releases its hold; otherwise nobody could ever start it.
  const holder = holderOf(mutation)
  const pausedAgain = (await laterMade(store, mutation)).some(
    (change) => change.target === 'PAUSED' && holderOf(change) === holder,
  )
  if (target === 'ACTIVE' && !pausedAgain) await releasePause(store, { account, entityId, holder, at })
  if (found === 'PAUSED') await holdForPerson(store, account, entityId, at)
}

/** An entity that is paused and held by nobody was paused by a person: their pause must outlive a rule's. */
export async function holdForPerson(store: Store, account: string, entityId: string, at: number): Promise<void> {
  const holders = await pauseHolders(store, account, entityId)
  if (holders.length === 0) await holdPause(store, { account, entityId, holder: PERSON, decision: null, since: at })
}
