/** The order of changes of a field: a later change supersedes an earlier one that is not settled. */

import { isPersons } from '../../engine/change/author.js'
import type { Store } from '../base/store.js'
import type { Row } from '../tables/tables.js'
import { madeByPerson } from './made-by.js'
import type { Mutation } from './mutations.js'

/** A later change of the same field: in the ledger, or requested by a person and not prepared yet. */
export interface LaterChange {
  readonly id: string
  readonly made_by: string
  readonly target: string
  /** The field's value when the change was prepared, and when that was; null if it is not prepared yet. */
  readonly before: string | null
  readonly intended_at: number | null
  /** Meta's date of the entity's last edit when `before` was read; null if unknown. */
  readonly edited: number | null
  readonly order_number: number
}

type RequestedField = Row<'requested_changes'>['field']
type Changed = Pick<Mutation, 'account' | 'entity_id' | 'field' | 'order_number' | 'made_by'>

/**
 * Returns the changes that come after this one, earliest first. If one of them has another target, they supersede this one.
 * A person's change is superseded by a person's, and by others only if they were sent.
 */
export async function laterChanges(store: Store, change: Changed): Promise<LaterChange[]> {
  const made = await store.db
    .selectFrom('mutations')
    .select(['id', 'made_by', 'target', 'before', 'intended_at', 'order_number'])
    .select((row) => row.fn.coalesce('edited_before', 'edited_when_prepared').as('edited'))
    .where('account', '=', change.account)
    .where('entity_id', '=', change.entity_id)
    .where('field', '=', change.field)
    .where('order_number', '>', change.order_number)
    .where('outcome', '!=', 'refused')
    .$if(isPersons(change), (query) =>
      query.where((row) =>
        row.or([madeByPerson(row), row('sent_at', 'is not', null), row('outcome', 'in', ['confirmed', 'unchanged'])]),
      ),
    )
    .execute()
  const asked = await store.db
    .selectFrom('requested_changes')
    .select(['id', 'made_by', 'target', 'order_number'])
    .where('account', '=', change.account)
    .where('entity_id', '=', change.entity_id)
    .where('field', '=', change.field as RequestedField)
    .where('order_number', '>', change.order_number)
    .where('refusal', 'is', null)
    .where('id', 'not in', (row) => row.selectFrom('mutations').select('mutations.id'))
    .$if(isPersons(change), (query) => query.where(madeByPerson))
    .execute()
  const open = asked.map((request) => ({ ...request, before: null, intended_at: null, edited: null }))
  return [...made, ...open].sort((one, other) => one.order_number - other.order_number)
}

/**
 * Whether a person's earlier change of the same field is still in progress. A rule's change must not overwrite it.
 *
 * @param since earlier requests are no longer in progress, epoch milliseconds
 */
export async function personsPending(store: Store, change: Changed, since: number): Promise<boolean> {
  const made = await store.db
    .selectFrom('mutations')
    .select('id')
    .where('account', '=', change.account)
    .where('entity_id', '=', change.entity_id)
    .where('field', '=', change.field)
    .where('order_number', '<', change.order_number)
    .where(madeByPerson)
    .where('outcome', 'in', ['intended', 'unknown'])
    // With an error, its attempts are over.
    .where('error_json', 'is', null)
    .where('intended_at', '>', since)
    .limit(1)
    .executeTakeFirst()
  if (made !== undefined) return true
  const asked = await store.db
    .selectFrom('requested_changes')
    .select('id')
    .where('account', '=', change.account)
    .where('entity_id', '=', change.entity_id)
    .where('field', '=', change.field as RequestedField)
    .where('order_number', '<', change.order_number)
    .where(madeByPerson)
    .where('refusal', 'is', null)
    .where('requested_at', '>', since)
    .where('id', 'not in', (row) => row.selectFrom('mutations').select('mutations.id'))
    .limit(1)
    .executeTakeFirst()
  return asked !== undefined
}

/** Selects all changes of a change's field, including itself. */
const ofSameField = ({ db }: Store, change: Pick<Changed, 'account' | 'entity_id' | 'field'>) =>
  db
    .selectFrom('mutations')
    .selectAll()
    .where('account', '=', change.account)
    .where('entity_id', '=', change.entity_id)
    .where('field', '=', change.field)

/** Returns earlier changes of the field that were sent since a moment and were, or may be, made; earliest first. */
export const earlierSent = (store: Store, change: Changed, since: number): Promise<Mutation[]> =>
  ofSameField(store, change)
    .where('order_number', '<', change.order_number)
    .where('last_sent_at', '>', since)
    // Never made, and not sent any more.
    .where('outcome', '!=', 'refused')
    .orderBy('order_number')
    .execute()

/** Returns later changes of the field that were, or may have been, made. */
export const laterMade = (store: Store, change: Omit<Changed, 'made_by'>): Promise<Mutation[]> =>
  ofSameField(store, change)
    .where('order_number', '>', change.order_number)
    .where((row) => row.or([row('outcome', 'in', ['confirmed', 'unchanged']), row('sent_at', 'is not', null)]))
    .where('outcome', '!=', 'refused')
    .orderBy('order_number')
    .execute()

/** Returns other changes of the entity, of any field, that were sent since a moment and were, or may be, made; earliest first. */
export const sentToSameEntity = (
  store: Store,
  { id, account, entity_id }: Pick<Mutation, 'id' | 'account' | 'entity_id'>,
  since: number,
): Promise<Mutation[]> =>
  store.db
    .selectFrom('mutations')
    .selectAll()
    .where('account', '=', account)
    .where('entity_id', '=', entity_id)
    .where('id', '!=', id)
    .where('last_sent_at', '>=', since)
    .where('field', '!=', 'copy')
    .where('outcome', '!=', 'refused')
    .orderBy('order_number')
    .execute()

/** Returns changes of the account, or of one of its entities, with unknown outcome. */
export const unknownChanges = (store: Store, account: string, entityId?: string): Promise<Mutation[]> =>
  store.db
    .selectFrom('mutations')
    .selectAll()
    .where('account', '=', account)
    .where('outcome', '=', 'unknown')
    .where('field', '!=', 'copy')
    .$if(entityId !== undefined, (query) => query.where('entity_id', '=', entityId!))
    .orderBy('order_number')
    .execute()
