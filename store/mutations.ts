/** The ledger of changes at Meta. A row is written before its change is tried, so that trying again finds what was meant. */

import { countChange } from './decisions.js'
import type { Store } from './store.js'
import type { NewRow, Row } from './tables.js'
import { inTransaction } from './transaction.js'

export type Mutation = Row<'mutations'>
export type Intention = Omit<NewRow<'mutations'>, 'outcome' | 'result' | 'error_json' | 'settled_at'>

/** `confirmed` was read back; `unchanged` was so already; `unknown` was sent, and nobody yet knows whether it was done. */
export type Settlement = 'confirmed' | 'unchanged' | 'refused' | 'unknown'

/** Outcomes after which Meta has, or may have, another value than before. */
export const MAY_HAVE_CHANGED = ['intended', 'confirmed', 'unknown'] as const

/**
 * Writes down what shall be changed. Where the id stands already, what stands is given back and nothing is written: its target
 * is the one to reach, even where a new reckoning would come to another.
 */
export function intendMutation(store: Store, intention: Intention): Promise<{ mutation: Mutation; isNew: boolean }> {
  return inTransaction(store, async (transaction) => {
    const { db } = transaction
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('mutations')
      .values({ ...intention, outcome: 'intended', error_json: null, settled_at: null })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    const isNew = numInsertedOrUpdatedRows === 1n
    if (isNew && intention.decision !== null && intention.decision !== undefined) await countChange(db, intention.decision)
    const mutation = await findMutation(transaction, intention.id)
    return { mutation: mutation!, isNew }
  })
}

/**
 * Writes down how it ended. `confirmed`, `unchanged` and `refused` are final; `unknown` may still become one of them.
 *
 * @returns false where the row is missing or already has a final outcome; then nothing is changed
 */
export function settleMutation(
  store: Store,
  id: string,
  settlement: { readonly outcome: Settlement; readonly error?: unknown; readonly at: number },
): Promise<boolean> {
  return inTransaction(store, async ({ db }) => {
    const row = await db
      .updateTable('mutations')
      .set({
        outcome: settlement.outcome,
        error_json: settlement.error === undefined ? null : JSON.stringify(settlement.error),
        settled_at: settlement.at,
      })
      .where('id', '=', id)
      .where('outcome', 'in', ['intended', 'unknown'])
      .returning('decision')
      .executeTakeFirst()
    if (row === undefined) return false
    if (row.decision !== null) await countChange(db, row.decision)
    return true
  })
}

/** A change that was marked as sent and certainly was not made is only meant again. Final outcomes stay. */
export async function takeBackSending(store: Store, id: string): Promise<void> {
  await store.db
    .updateTable('mutations')
    .set({ outcome: 'intended', settled_at: null })
    .where('id', '=', id)
    .where('outcome', '=', 'unknown')
    .execute()
}

/** Keeps the id of what was made, before anything else is done with it. */
export async function keepResult(store: Store, id: string, result: string): Promise<void> {
  await store.db.updateTable('mutations').set({ result }).where('id', '=', id).execute()
}

export const findMutation = (store: Store, id: string): Promise<Mutation | undefined> =>
  store.db.selectFrom('mutations').selectAll().where('id', '=', id).executeTakeFirst()

export const mutationsOfDecision = (store: Store, decision: string): Promise<Mutation[]> =>
  store.db.selectFrom('mutations').selectAll().where('decision', '=', decision).orderBy('intended_at').orderBy('id').execute()

/**
 * How many changes an account saw since a moment.
 *
 * @param question.outcomes leave it out for those that changed, or may have changed, something
 * @param question.by `rules` leaves out what people did through the API, and what launches did: a launch is one action, however
 *   much it sets active
 */
export async function countMutations(
  store: Store,
  question: {
    readonly account: string
    readonly since: number
    readonly outcomes?: readonly string[]
    readonly by?: 'rules' | 'anybody'
  },
): Promise<number> {
  const { count } = await store.db
    .selectFrom('mutations')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account', '=', question.account)
    .where('intended_at', '>=', question.since)
    .where('outcome', 'in', question.outcomes ?? MAY_HAVE_CHANGED)
    .$if(question.by === 'rules', (query) => query.where('made_by', 'not like', 'api:%').where('made_by', 'not like', 'launch:%'))
    .executeTakeFirstOrThrow()
  return count
}

/** Changes of an entity's budget since a moment, the oldest first: the first one's `before` is what the day began with. */
export const budgetChanges = (store: Store, account: string, entityId: string, since: number): Promise<Mutation[]> =>
  store.db
    .selectFrom('mutations')
    .selectAll()
    .where('account', '=', account)
    .where('entity_id', '=', entityId)
    .where('field', 'in', ['daily_budget', 'lifetime_budget'])
    .where('intended_at', '>=', since)
    .where('outcome', 'in', MAY_HAVE_CHANGED)
    .orderBy('intended_at')
    .orderBy('id')
    .execute()

/** The last value of ours that Meta confirmed: where the entity has another now, somebody else changed it. */
export const lastConfirmed = (store: Store, account: string, entityId: string, field: string): Promise<Mutation | undefined> =>
  store.db
    .selectFrom('mutations')
    .selectAll()
    .where('account', '=', account)
    .where('entity_id', '=', entityId)
    .where('field', '=', field)
    .where('outcome', 'in', ['confirmed', 'unchanged'])
    .orderBy('intended_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** What undoing a decision would restore, the latest change first. */
export interface Undo {
  readonly mutation: Mutation
  /** A later change of the same field, ours or the API's, which undoing would lose; null where there is none. */
  readonly supersededBy: Mutation | null
}

export async function undoInformation(store: Store, decision: string): Promise<Undo[]> {
  const made = await mutationsOfDecision(store, decision)
  const undone = made.filter((mutation) => mutation.outcome === 'confirmed' || mutation.outcome === 'unknown').reverse()
  return Promise.all(undone.map(async (mutation) => ({ mutation, supersededBy: (await laterChange(store, mutation)) ?? null })))
}

const laterChange = (store: Store, mutation: Mutation): Promise<Mutation | undefined> =>
  store.db
    .selectFrom('mutations')
    .selectAll()
    .where('account', '=', mutation.account)
    .where('entity_id', '=', mutation.entity_id)
    .where('field', '=', mutation.field)
    .where('intended_at', '>', mutation.intended_at)
    .where('outcome', 'in', MAY_HAVE_CHANGED)
    .where((expression) => expression.or([expression('decision', 'is', null), expression('decision', '!=', mutation.decision)]))
    .orderBy('intended_at')
    .limit(1)
    .executeTakeFirst()
