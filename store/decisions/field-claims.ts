/**
 * Who is at work on a field of an entity. Two workers, or two tries in one, never read and write the same field in turns: the
 * one would take the other's half-made change for somebody's.
 */

import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'

export interface Field {
  readonly account: string
  readonly entity_id: string
  readonly field: string
}

/**
 * Takes or renews the claim.
 *
 * @param claim.holder another one at each attempt, so that an abandoned attempt cannot continue in parallel with the next
 * @param claim.order the number of the change that is to be made
 * @param claim.until until when it holds unless it is renewed, epoch milliseconds
 * @param claim.overEarlier whether it is taken from an earlier change that holds it
 * @returns false if somebody else holds it
 */
export function claimField(
  store: Store,
  { account, entity_id, field }: Field,
  claim: {
    readonly holder: string
    readonly order: number
    readonly at: number
    readonly until: number
    readonly overEarlier: boolean
  },
): Promise<boolean> {
  return inTransaction(store, async ({ db }) => {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('field_claims')
      .values({ account, entity_id, field, holder: claim.holder, order_number: claim.order, until: claim.until })
      .onConflict((conflict) =>
        conflict
          .columns(['account', 'entity_id', 'field'])
          .doUpdateSet({ holder: claim.holder, order_number: claim.order, until: claim.until })
          .where((row) =>
            row.or([
              row('field_claims.holder', '=', claim.holder),
              row('field_claims.until', '<=', claim.at),
              ...(claim.overEarlier ? [row('field_claims.order_number', '<', claim.order)] : []),
            ]),
          ),
      )
      .executeTakeFirst()
    return (numInsertedOrUpdatedRows ?? 0n) > 0n
  })
}

/** Ends `holder`'s claim; another one's stays. */
export async function releaseField(store: Store, { account, entity_id, field }: Field, holder: string): Promise<void> {
  await store.db
    .deleteFrom('field_claims')
    .where('account', '=', account)
    .where('entity_id', '=', entity_id)
    .where('field', '=', field)
    .where('holder', '=', holder)
    .execute()
}
