/**
 * Claims on fields of entities. Two workers, or two attempts in one worker, never read and write the same field at the same time,
 * because each would take the other's unfinished change for somebody else's.
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
 * @param claim.holder different for each attempt, so that an abandoned attempt cannot continue in parallel with the next
 * @param claim.order the number of the change to make
 * @param claim.until when it expires unless it is renewed, epoch milliseconds
 * @param claim.overEarlier whether to take the claim away from an earlier change
 * @returns false if another holder has the claim
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

/** Releases `holder`'s claim; a claim of another holder stays. */
export async function releaseField(store: Store, { account, entity_id, field }: Field, holder: string): Promise<void> {
  await store.db
    .deleteFrom('field_claims')
    .where('account', '=', account)
    .where('entity_id', '=', entity_id)
    .where('field', '=', field)
    .where('holder', '=', holder)
    .execute()
}
