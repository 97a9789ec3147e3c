/** When daily budgets were changed, as noticed at each sync. */

import { dayOf } from '../../engine/clock/zone.js'
import type { FactEntity, Facts } from '../../engine/facts/facts.js'
import type { BudgetChange } from '../../engine/forecast/daily-history.js'
import { dailyBudgetRevisions } from '../../store/account/entity-revisions.js'
import type { Store } from '../../store/base/store.js'

/** Smaller relative changes disappear in the noise of any week. */
const SMALLEST = 0.1

export interface BudgetQuestion {
  readonly account: string
  readonly timezone: string
  /** Epoch milliseconds: what was learned later is ignored. */
  readonly knownAt: number
}

/** Returns the changes of each campaign and ad set by id, oldest first. */
export async function budgetChanges(
  store: Store,
  { account, timezone, knownAt }: BudgetQuestion,
): Promise<ReadonlyMap<string, readonly BudgetChange[]>> {
  const rows = await dailyBudgetRevisions(store, account, knownAt)
  const changes = new Map<string, BudgetChange[]>()
  for (const [index, { id, daily_budget: after, learned_at: at }] of rows.entries()) {
    const before = rows[index - 1]?.id === id ? rows[index - 1]!.daily_budget : null
    if (!before || !after || Math.abs(after / before - 1) < SMALLEST) continue
    const change = { day: dayOf(at, timezone), before, after }
    changes.set(id, [...(changes.get(id) ?? []), change])
  }
  return changes
}

/** Returns the changes that concern an entity: those of its own budget, or of the parent that has the budget. */
export function changesFor(
  facts: Facts,
  changes: ReadonlyMap<string, readonly BudgetChange[]>,
): (entity: FactEntity) => readonly BudgetChange[] {
  return (entity) => {
    for (const scope of ['ad', 'adset', 'campaign'] as const) {
      const owner = scope === entity.scope || scope !== 'ad' ? facts.owner(entity, scope) : null
      const own = owner?.id == null ? undefined : changes.get(owner.id)
      if (own !== undefined) return own
    }
    return []
  }
}
