/** Rules that a person wants evaluated now, though they are not due. */

import type { Store } from '../base/store.js'

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
    .select('rule')
    .where('account', '=', account)
    .where('requested_at', '>', now - LIFETIME)
    .execute()
  return new Set(requests.map(({ rule }) => rule))
}

/**
 * Forgets what was asked for before these rules were evaluated: to be done in the transaction that records them. The moment
 * that a tick judges may lie before the request that it answers, hence the time of the evaluation itself.
 */
export async function answerRequests(store: Store, account: string, rules: readonly string[], until: number): Promise<void> {
  await store.db
    .deleteFrom('evaluation_requests')
    .where('account', '=', account)
    .where('rule', 'in', rules)
    .where('requested_at', '<=', until)
    .execute()
}
