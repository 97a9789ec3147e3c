/** Requests by people to evaluate a rule now, although it is not due. */

import type { Store } from '../base/store.js'

/** In milliseconds. A request that no tick has answered by then is out of date and is ignored. */
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
 * Returns the ids of the account's rules that were requested within the last ten minutes and not evaluated since. Reading does not
 * remove requests, so a tick that fails and is retried finds them again.
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
 * Deletes requests from before these rules were evaluated. Call it in the transaction that records the evaluation. `until` is
 * the real time of the evaluation, because the time that a tick evaluates may be earlier than the request that it answers.
 */
export async function answerRequests(store: Store, account: string, rules: readonly string[], until: number): Promise<void> {
  await store.db
    .deleteFrom('evaluation_requests')
    .where('account', '=', account)
    .where('rule', 'in', rules)
    .where('requested_at', '<=', until)
    .execute()
}
