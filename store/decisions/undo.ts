import type { Store } from '../base/store.js'
import { mayHaveChanged } from './may-have-changed.js'
import { type Mutation, mutationsOfDecision } from './mutations.js'

const MADE = new Set(['confirmed', 'unknown'])

/** A change that undoing a decision would reverse. */
export interface Undo {
  readonly mutation: Mutation
  /** A later change of the same field, which undoing would overwrite; null if there is none. */
  readonly supersededBy: Mutation | null
}

/** Returns the changes of a decision that were made or may have been made, last one first. */
export async function undoInformation(store: Store, decision: string): Promise<Undo[]> {
  const made = await mutationsOfDecision(store, decision)
  const undone = made
    .filter(({ outcome, sent_at: sent }) => MADE.has(outcome) || (outcome === 'superseded' && sent !== null))
    .reverse()
  return Promise.all(undone.map(async (mutation) => ({ mutation, supersededBy: (await laterChange(store, mutation)) ?? null })))
}

const laterChange = (store: Store, mutation: Mutation): Promise<Mutation | undefined> =>
  store.db
    .selectFrom('mutations')
    .selectAll()
    .where('account', '=', mutation.account)
    .where('entity_id', '=', mutation.entity_id)
    .where('field', '=', mutation.field)
    .where('order_number', '>', mutation.order_number)
    .where(mayHaveChanged)
    .where((expression) => expression.or([expression('decision', 'is', null), expression('decision', '!=', mutation.decision)]))
    .orderBy('order_number')
    .limit(1)
    .executeTakeFirst()
