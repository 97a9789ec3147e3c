/** How each account pays and whether it delivers, with its history. */

import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { Row } from '../tables/tables.js'

export type AccountPayment = Row<'account_payments'>
export type PaymentReading = Omit<AccountPayment, 'seen_at'>

/** How often amounts, which change with every impression, get a new row, in milliseconds. */
const HOURLY = 3_600_000
/** If one of these columns changes, a new row is added at once. */
const STATE = ['account_status', 'disable_reason', 'spend_cap', 'funding_id', 'funding_type'] as const

/** Stores a reading. A reading that is older than the last stored one changes nothing. */
export async function savePayment(store: Store, reading: PaymentReading): Promise<void> {
  await inTransaction(store, async (transaction) => {
    const last = await lastPayment(transaction, reading.account)
    const { learned_at: at, ...read } = reading
    if (last !== undefined && at <= last.seen_at) return
    const isSame = last !== undefined && STATE.every((field) => last[field] === reading[field])
    if (!isSame || at - last.learned_at >= HOURLY) {
      await transaction.db
        .insertInto('account_payments')
        .values({ ...reading, seen_at: at })
        .execute()
      return
    }
    await transaction.db
      .updateTable('account_payments')
      .set({ ...read, seen_at: at })
      .where('account', '=', reading.account)
      .where('learned_at', '=', last.learned_at)
      .execute()
  })
}

export const lastPayment = (store: Store, account: string): Promise<AccountPayment | undefined> =>
  store.db
    .selectFrom('account_payments')
    .selectAll()
    .where('account', '=', account)
    .orderBy('learned_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Returns since when the account has had its current status, in epoch milliseconds; null if the account was never read. */
export async function statusSince(store: Store, account: string): Promise<number | null> {
  const rows = await store.db
    .selectFrom('account_payments')
    .select(['learned_at', 'account_status'])
    .where('account', '=', account)
    .orderBy('learned_at', 'desc')
    .execute()
  const [last] = rows
  if (last === undefined) return null
  const other = rows.findIndex(({ account_status: status }) => status !== last.account_status)
  return rows[(other === -1 ? rows.length : other) - 1]!.learned_at
}
