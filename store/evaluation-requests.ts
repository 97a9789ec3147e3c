/** Rules that a person wants evaluated now, though they are not due. */

import { lastEvaluations } from './rule-states.js'
import type { Store } from './store.js'

/** A request that no tick took up by then is forgotten, milliseconds: its moment is over. */
const LIFETIME = 10 * 60_000

/** Asks the account's next tick to evaluate the rule. */
export async function requestEvaluation(store: Store, account: string, rule: string, at: number): Promise<void> {
  await store.db
    .insertInto('evaluation_requests')
    .values({ account, rule, requested_at: at })
    .onConflict((conflict) => conflict.columns(['account', 'rule']).doUpdateSet({ requested_at: at }))
    .execute()
}

/**
 * Ids of the account's rules that were asked for within the last ten minutes and not evaluated since. Reading takes nothing
 * away, so a tick that breaks and is tried again finds them again.
 */
export async function requestedRules(store: Store, account: string, now: number): Promise<Set<string>> {
  const requests = await store.db
    .selectFrom('evaluation_requests')
    .select(['rule', 'requested_at'])
    .where('account', '=', account)
    .where('requested_at', '>', now - LIFETIME)
    .execute()
  if (requests.length === 0) return new Set()
  const evaluated = await lastEvaluations(store, account)
  return new Set(requests.filter(({ rule, requested_at }) => (evaluated.get(rule) ?? 0) < requested_at).map(({ rule }) => rule))
}
