/** Each ad account as Meta returned it at the last sync. */

import type { Store } from '../base/store.js'
import type { NewRow, Row } from '../tables/tables.js'

/** Stores the account; an older answer never replaces a newer one. */
export async function saveAccount(store: Store, account: NewRow<'accounts'>): Promise<void> {
  await store.db
    .insertInto('accounts')
    .values(account)
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet((row) => ({
          meta_id: row.ref('excluded.meta_id'),
          meta_name: row.ref('excluded.meta_name'),
          currency: row.ref('excluded.currency'),
          timezone: row.ref('excluded.timezone'),
          account_status: row.ref('excluded.account_status'),
          learned_at: row.ref('excluded.learned_at'),
        }))
        .whereRef('excluded.learned_at', '>=', 'accounts.learned_at'),
    )
    .execute()
}

export const listAccounts = (store: Store): Promise<Row<'accounts'>[]> =>
  store.db.selectFrom('accounts').selectAll().orderBy('name').execute()

export const findAccount = (store: Store, name: string): Promise<Row<'accounts'> | undefined> =>
  store.db.selectFrom('accounts').selectAll().where('name', '=', name).executeTakeFirst()
