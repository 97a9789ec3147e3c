/** What people, rules and applied suggestions changed in the last days, as noticed at each sync. */

import { statesBetween } from '../../store/account/entity-revisions.js'
import type { Store } from '../../store/base/store.js'

/** Meta's delivery takes days to adapt to a new budget, and its results are counted late. */
const LATELY = 3 * 86_400_000

/** Returns the ids of campaigns and ad sets whose budget or status changed in that time. */
export async function latelyChanged(
  store: Store,
  { account, at }: { readonly account: string; readonly at: number },
): Promise<ReadonlySet<string>> {
  const rows = await statesBetween(store, account, { from: at - LATELY, to: at })
  const changed = new Set<string>()
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1]
    if (before?.id !== row.id) continue
    const isSame =
      before.status === row.status && before.daily_budget === row.daily_budget && before.lifetime_budget === row.lifetime_budget
    if (!isSame) changed.add(row.id)
  }
  return changed
}
