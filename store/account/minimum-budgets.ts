/** Meta's minimum daily budgets for each account, as last read. */

import type { MinimumBudgets } from '../../engine/guardrail/minimum-budget.js'
import type { Store } from '../base/store.js'

export async function saveMinimumBudgets(
  store: Store,
  account: string,
  { least, rows }: MinimumBudgets,
  learnedAt: number,
): Promise<void> {
  const row = { least, rows_json: JSON.stringify(rows), learned_at: learnedAt }
  await store.db
    .insertInto('minimum_budgets')
    .values({ account, ...row })
    .onConflict((conflict) => conflict.column('account').doUpdateSet(row))
    .execute()
}

export async function findMinimumBudgets(
  store: Store,
  account: string,
): Promise<(MinimumBudgets & { readonly learnedAt: number }) | null> {
  const row = await store.db.selectFrom('minimum_budgets').selectAll().where('account', '=', account).executeTakeFirst()
  if (row === undefined) return null
  return { least: row.least, rows: JSON.parse(row.rows_json) as MinimumBudgets['rows'], learnedAt: row.learned_at }
}
