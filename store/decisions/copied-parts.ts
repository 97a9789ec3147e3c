/**
 * The objects that are copied into the copy of a campaign or ad set. A row is written before its create call, so that a retry finds
 * it.
 */

import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { Row } from '../tables/tables.js'

export type CopiedPart = Row<'copied_parts'>
export type PlannedPart = Pick<CopiedPart, 'level' | 'source_id' | 'source_parent' | 'name'>

/** Returns the parts in the order in which they are made. */
export const copiedParts = (store: Store, mutation: string): Promise<CopiedPart[]> =>
  store.db.selectFrom('copied_parts').selectAll().where('mutation', '=', mutation).orderBy('position').execute()

/**
 * Stores all planned parts in one transaction, so that a stored plan is always complete. An existing plan is returned unchanged.
 */
export function planParts(store: Store, mutation: string, parts: readonly PlannedPart[]): Promise<CopiedPart[]> {
  return inTransaction(store, async (transaction) => {
    const there = await copiedParts(transaction, mutation)
    if (there.length > 0 || parts.length === 0) return there
    const rows = parts.map((part, position) => ({ ...part, mutation, position, state: 'planned' }))
    // SQLite limits the number of values in one statement.
    for (let first = 0; first < rows.length; first += 1_000) {
      await transaction.db
        .insertInto('copied_parts')
        .values(rows.slice(first, first + 1_000))
        .execute()
    }
    return await copiedParts(transaction, mutation)
  })
}

export async function settlePart(
  store: Store,
  part: Pick<CopiedPart, 'mutation' | 'source_id'>,
  change:
    | { readonly state: 'planned' }
    | { readonly state: 'sent'; readonly sent_at: number }
    | { readonly state: 'made'; readonly copy_id: string }
    | { readonly state: 'refused'; readonly error_json: string },
): Promise<void> {
  await store.db
    .updateTable('copied_parts')
    .set(change)
    .where('mutation', '=', part.mutation)
    .where('source_id', '=', part.source_id)
    .execute()
}
