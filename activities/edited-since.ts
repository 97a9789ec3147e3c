/**
 * Whether an entity was edited since a change of ours was first sent. What was sent and is not there may have been made and
 * taken back, which only Meta's own date of the last edit tells; edits of ours to its other fields move that date, too.
 */

import type { Mutation } from '../store/mutations.js'
import type { Store } from '../store/store.js'
import { otherFieldsSent } from '../store/superseding.js'

/** Meta's date of the entity's last edit; null where a reading does not have it. */
export const editedAt = ({ fields }: { readonly fields: Readonly<Record<string, unknown>> }): number | null => {
  const at = fields['updated_time']
  return typeof at === 'number' ? at : null
}

/** @param edited the date of the last edit as it is now */
export async function wasEditedSince(store: Store, mutation: Mutation, edited: number | null): Promise<boolean> {
  const { edited_before: before, sent_at: sent } = mutation
  if (before === null || sent === null || edited === null || edited <= before) return false
  // Each change of ours that was read back says from which date to which it moved the entity.
  let explained = before
  for (const { edited_before: from, edited_after: to } of await otherFieldsSent(store, mutation, sent)) {
    if (from === explained && to !== null) explained = to
  }
  return explained !== edited
}
