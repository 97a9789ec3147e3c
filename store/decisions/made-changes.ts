/** Queries of the changes that were made, or may have been made, since a moment; guardrails count them. */

import { MADE_BY_LAUNCHES, WRITTEN_BY_PERSONS } from '../../engine/change/author.js'
import type { Store } from '../base/store.js'
import { mayHaveChanged } from './may-have-changed.js'
import type { Mutation } from './mutations.js'

/**
 * Counts an account's changes since a moment.
 *
 * @param question.outcomes by default those after which something changed or may have changed
 * @param question.by `rules` counts changes by rules and by suggestions that a person applied, because guardrails apply to both. It
 *   leaves out changes whose value a person entered, and those of launches: a launch counts as one action, however many objects it
 *   activates
 */
export async function countMutations(
  store: Store,
  question: {
    readonly account: string
    readonly since: number
    readonly outcomes?: readonly Mutation['outcome'][]
    readonly by?: 'rules' | 'anybody'
  },
): Promise<number> {
  const { count } = await store.db
    .selectFrom('mutations')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account', '=', question.account)
    .where('intended_at', '>=', question.since)
    .$if(question.outcomes === undefined, (query) => query.where(mayHaveChanged))
    .$if(question.outcomes !== undefined, (query) => query.where('outcome', 'in', question.outcomes!))
    .$if(question.by === 'rules', (query) =>
      query.where('made_by', 'not like', `${WRITTEN_BY_PERSONS}%`).where('made_by', 'not like', `${MADE_BY_LAUNCHES}%`),
    )
    .executeTakeFirstOrThrow()
  return count
}

/** Returns changes of an entity's budget since a moment, oldest first: the first one's `before` is the budget at that moment. */
export const budgetChanges = (store: Store, account: string, entityId: string, since: number): Promise<Mutation[]> =>
  store.db
    .selectFrom('mutations')
    .selectAll()
    .where('account', '=', account)
    .where('entity_id', '=', entityId)
    .where('field', 'in', ['daily_budget', 'lifetime_budget'])
    .where('intended_at', '>=', since)
    .where(mayHaveChanged)
    .orderBy('intended_at')
    .orderBy('order_number')
    .execute()

/**
 * The same for all entities of the account, in no order, without changes whose value a person entered: those by rules, by applied
 * suggestions and by launches remain.
 */
export const budgetChangesOfRules = (store: Store, account: string, since: number): Promise<Mutation[]> =>
  store.db
    .selectFrom('mutations')
    .selectAll()
    .where('account', '=', account)
    .where('made_by', 'not like', `${WRITTEN_BY_PERSONS}%`)
    .where('field', 'in', ['daily_budget', 'lifetime_budget'])
    .where('intended_at', '>=', since)
    .where(mayHaveChanged)
    .execute()

/** Whether this change was, or may have been, made since a moment. */
export async function isCountedSince({ db }: Store, id: string, since: number): Promise<boolean> {
  const row = await db
    .selectFrom('mutations')
    .select('id')
    .where('id', '=', id)
    .where('intended_at', '>=', since)
    .where(mayHaveChanged)
    .executeTakeFirst()
  return row !== undefined
}
