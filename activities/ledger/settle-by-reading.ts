/**
 * Settles changes with unknown outcome from later readings, which any activity may make. While a change still has attempts left,
 * readings only confirm its success; its own attempts find out everything else.
 */

import { beforeOf, type LedgerField, sameValue, targetOf, valueOf } from '../../engine/change/ledger-value.js'
import { findAccount } from '../../store/account/accounts.js'
import type { Entity } from '../../store/account/entities.js'
import type { Store } from '../../store/base/store.js'
import { type Mutation, settleMutation } from '../../store/decisions/mutations.js'
import { laterChanges, unknownChanges } from '../../store/decisions/superseding.js'
import { MAY_ARRIVE, TRIED_FOR } from '../base/change-times.js'
import { editedAt, wasEditedSince } from './edited-since.js'
import { editedOutside, foundByNext, settleMade, settleSuperseded, supersededBy } from './supersede.js'

/**
 * Settles changes of these entities whose outcome is unknown, by the values that Meta returned.
 *
 * @param learnedAt when Meta was asked, epoch milliseconds
 */
export async function settleByReading(
  store: Store,
  account: string,
  entities: readonly Entity[],
  learnedAt: number,
): Promise<void> {
  const [only] = entities
  const open = await unknownChanges(store, account, entities.length === 1 ? only!.id : undefined)
  if (open.length === 0) return
  const read = new Map(entities.map((entity) => [entity.id, entity]))
  for (const mutation of open) {
    const entity = read.get(mutation.entity_id)
    if (entity !== undefined && (mutation.sent_at ?? learnedAt) < learnedAt) await settle(store, mutation, entity, learnedAt)
  }
}

async function settle(store: Store, mutation: Mutation, entity: Entity, at: number): Promise<void> {
  const later = await laterChanges(store, mutation)
  const isLast = later.every(({ target }) => target === mutation.target)
  const value = valueOf(entity, mutation.field as LedgerField)
  if (isLast && sameValue(value, targetOf(mutation))) return await settleMade(store, mutation, at, editedAt(entity))
  const next = foundByNext(mutation, later)
  if (next !== null) return await settleMade(store, mutation, at, next.edited)
  const sent = mutation.last_sent_at ?? mutation.intended_at
  const currency = async (): Promise<string | null> => (await findAccount(store, mutation.account))?.currency ?? null
  const isOver = mutation.error_json !== null ? at > sent + MAY_ARRIVE : at > sent + TRIED_FOR
  if (!isOver) return
  if (!isLast) {
    await settleSuperseded(store, mutation, { error: supersededBy(mutation, later, await currency()), found: null, at })
  } else if (!sameValue(value, beforeOf(mutation)) || (await wasEditedSince(store, mutation, entity, at))) {
    const found = value.kind === 'status' ? value.status : null
    await settleSuperseded(store, mutation, { error: editedOutside(mutation, value, await currency()), found, at })
  } else if (mutation.edited_before !== null && editedAt(entity) !== null) {
    const error = { type: 'not-made', message: 'It was sent, but Meta did not make it: the entity has not been edited since.' }
    await settleMutation(store, mutation.id, { outcome: 'refused', error, at })
  }
}
