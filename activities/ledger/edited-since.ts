/**
 * Whether somebody outside edited an entity since one of our changes was prepared or first sent. A field with its old value
 * may have been changed and changed back, which only Meta's date of the last edit shows. Our own changes of other fields move that
 * date too, so they must be accounted for.
 */

import { type LedgerField, sameValue, targetOf, valueOf } from '../../engine/change/ledger-value.js'
import type { Entity } from '../../store/account/entities.js'
import type { Store } from '../../store/base/store.js'
import type { Mutation } from '../../store/decisions/mutations.js'
import { sentToSameEntity } from '../../store/decisions/superseding.js'
import { MAY_ARRIVE } from '../base/change-times.js'

/** Returns Meta's date of the entity's last edit; null if the reading does not contain it. */
export const editedAt = ({ fields }: { readonly fields: Readonly<Record<string, unknown>> }): number | null => {
  const at = fields['updated_time']
  return typeof at === 'number' ? at : null
}

/** How much Meta's clock and ours may differ, in milliseconds. */
export const CLOCKS_DIFFER = 2_000

/**
 * Whether Meta may have made one of our changes after a moment of Meta's clock, so that the current value may be ours.
 * A change that was seen before that moment cannot arrive a second time; then somebody else set the value.
 */
export function mayHaveArrivedAfter({ edited_after: seen, outcome, settled_at, answered_at }: Mutation, moment: number): boolean {
  if (seen !== null) return seen >= moment
  const knownAt = outcome === 'confirmed' || outcome === 'unchanged' ? settled_at : answered_at
  return knownAt === null || knownAt + CLOCKS_DIFFER >= moment
}

/** The state to compare a later edit with: Meta's date of the last edit, and when it was read (epoch milliseconds). */
export interface KnownEdit {
  readonly edited: number | null
  readonly at: number
}

/** Whether somebody outside edited the entity since the change was first sent or, if it was not, since it was prepared. */
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
 * Whether somebody outside edited the entity since a known edit. Meta's date has whole seconds, so an edit in the same second as
 * the known one goes unnoticed.
 *
 * @param entity as just read from Meta
 * @param at the current time, epoch milliseconds
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
  /** Null if it is unknown whether or when the change was made. */
  readonly to: number | null
}

/** Returns from which to which value one of our changes moved Meta's date of the entity's last edit. */
function moveOf(
  change: Mutation,
  others: readonly Mutation[],
  { entity, edited, at }: { readonly entity: Entity; readonly edited: number; readonly at: number },
): Move {
  const { edited_before: from, field, target } = change
  const isFresh = (seenAt: number | null): boolean => seenAt !== null && seenAt - change.last_sent_at! <= MAY_ARRIVE
  // A date that was read long after the sending may be that of somebody's later edit.
  if (change.edited_after !== null && isFresh(change.settled_at)) return { from, to: change.edited_after }
  const next = others.find((other) => other.field === field && other.order_number > change.order_number)
  if (next !== undefined) return { from, to: next.before === target ? next.edited_before : null }
  // It is not confirmed yet, but this reading may show that it was made.
  return { from, to: sameValue(valueOf(entity, field as LedgerField), targetOf(change)) && isFresh(at) ? edited : null }
}
