/**
 * Whether somebody outside edited an entity since a change of ours was prepared or first sent. A field that has its old value
 * may have been changed and changed back, which only Meta's own date of the last edit shows; our other changes of the entity
 * move that date too.
 */

import { type LedgerField, sameValue, targetOf, valueOf } from '../../engine/change/ledger-value.js'
import type { Entity } from '../../store/account/entities.js'
import type { Store } from '../../store/base/store.js'
import type { Mutation } from '../../store/decisions/mutations.js'
import { sentToSameEntity } from '../../store/decisions/superseding.js'
import { MAY_ARRIVE } from '../base/change-times.js'

/** Meta's date of the entity's last edit; null where a reading does not have it. */
export const editedAt = ({ fields }: { readonly fields: Readonly<Record<string, unknown>> }): number | null => {
  const at = fields['updated_time']
  return typeof at === 'number' ? at : null
}

/** How far Meta's clock and ours may lie apart, milliseconds. */
export const CLOCKS_DIFFER = 2_000

/**
 * Whether a change of ours may have reached Meta after a moment of Meta's clock, so that what is there now may be its doing.
 * One that was seen there before cannot have come again: its value is then somebody else's.
 */
export function mayHaveArrivedAfter({ edited_after: seen, outcome, settled_at, answered_at }: Mutation, moment: number): boolean {
  if (seen !== null) return seen >= moment
  const knownAt = outcome === 'confirmed' || outcome === 'unchanged' ? settled_at : answered_at
  return knownAt === null || knownAt + CLOCKS_DIFFER >= moment
}

/** What a later edit is measured by: Meta's date of the last edit as it was, and when that was read (epoch milliseconds). */
export interface KnownEdit {
  readonly edited: number | null
  readonly at: number
}

/** Since the change was first sent; before that, since it was prepared. */
export const wasEditedSince = (store: Store, mutation: Mutation, entity: Entity, at: number): Promise<boolean> =>
  wasEditedAfter(
    store,
    mutation,
    { edited: mutation.edited_before ?? mutation.edited_when_prepared, at: sinceOf(mutation) },
    entity,
    at,
  )

const sinceOf = ({ sent_at: sent, intended_at: intended }: Mutation): number => sent ?? intended

/**
 * Meta's date has seconds: an edit in the very second of the reading that the change rests on is not seen.
 *
 * @param entity as Meta has it now
 * @param at the present moment, epoch milliseconds
 */
export async function wasEditedAfter(
  store: Store,
  change: Pick<Mutation, 'id' | 'account' | 'entity_id'>,
  known: KnownEdit,
  entity: Entity,
  at: number,
): Promise<boolean> {
  const edited = editedAt(entity)
  if (known.edited === null || edited === null || edited <= known.edited) return false
  const others = await sentToSameEntity(store, change, known.at - MAY_ARRIVE)
  const moves = others.map((other) => moveOf(other, others, { entity, edited, at }))
  let explained = known.edited
  for (let before = -Infinity; before < explained;) {
    before = explained
    for (const { from, to } of moves) if (from !== null && from <= explained && to !== null && to > explained) explained = to
  }
  return explained < edited
}

interface Move {
  readonly from: number | null
  /** Null where it is not known that the change was made, or since when. */
  readonly to: number | null
}

/** From which to which date a change of ours moved Meta's date of the entity's last edit. */
function moveOf(
  change: Mutation,
  others: readonly Mutation[],
  { entity, edited, at }: { readonly entity: Entity; readonly edited: number; readonly at: number },
): Move {
  const { edited_before: from, field, target } = change
  const isFresh = (seenAt: number | null): boolean => seenAt !== null && seenAt - change.last_sent_at! <= MAY_ARRIVE
  // What was read long after the sending may be the date of somebody's later edit.
  if (change.edited_after !== null && isFresh(change.settled_at)) return { from, to: change.edited_after }
  const next = others.find((other) => other.field === field && other.order_number > change.order_number)
  if (next !== undefined) return { from, to: next.before === target ? next.edited_before : null }
  // Nobody has confirmed it yet, and this reading shows it.
  return { from, to: sameValue(valueOf(entity, field as LedgerField), targetOf(change)) && isFresh(at) ? edited : null }
}
