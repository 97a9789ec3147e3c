/** Queries of the ledger that show who changed an entity. Times are epoch milliseconds. */

import type { Store } from '../base/store.js'
import type { Row } from '../tables/tables.js'
import { madeByPerson } from './made-by.js'
import { mayHaveChanged } from './may-have-changed.js'

type Mutations = Row<'mutations'>

interface EntitySince {
  readonly account: string
  readonly entityId: string
  readonly since: number
}

/** Returns the changes that people requested through tetik, with their times, without refused ones. */
export async function changesOfPersons(
  { db }: Store,
  { account, entityId, since }: EntitySince,
): Promise<{ readonly field: string; readonly at: number }[]> {
  const made = await db
    .selectFrom('mutations')
    .select(['field', 'intended_at as at'])
    .where('account', '=', account)
    .where('entity_id', '=', entityId)
    .where(madeByPerson)
    .where('outcome', 'in', ['intended', 'confirmed', 'unknown', 'superseded'])
    .where('intended_at', '>=', since)
    .execute()
  const requested = await db
    .selectFrom('requested_changes')
    .select(['field', 'requested_at as at'])
    .where('account', '=', account)
    .where('entity_id', '=', entityId)
    .where(madeByPerson)
    .where('refusal', 'is', null)
    .where('requested_at', '>=', since)
    .where('id', 'not in', (row) => row.selectFrom('mutations').select('mutations.id'))
    .execute()
  return [...made, ...requested]
}

/** Returns changes that ended as refused or superseded since a moment. */
export const unmadeChanges = (
  { db }: Store,
  { account, entityId, since }: EntitySince,
): Promise<Pick<Mutations, 'field' | 'outcome' | 'error_json' | 'settled_at'>[]> =>
  db
    .selectFrom('mutations')
    .select(['field', 'outcome', 'error_json', 'settled_at'])
    .where('account', '=', account)
    .where('entity_id', '=', entityId)
    .where('outcome', 'in', ['refused', 'superseded'])
    .where('settled_at', '>=', since)
    .execute()

interface FieldOfEntity {
  readonly account: string
  readonly entityId: string
  readonly field: string
}

/** Selects changes of the field that may have been made. */
const possibleChanges = ({ db }: Store, { account, entityId, field }: FieldOfEntity) =>
  db
    .selectFrom('mutations')
    .select('id')
    .where('account', '=', account)
    .where('entity_id', '=', entityId)
    .where('field', '=', field)
    .where(mayHaveChanged)

/** Whether a change of the field was intended between two moments and may have been made. */
export async function wasIntendedBetween(
  store: Store,
  of: FieldOfEntity,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<boolean> {
  const row = await possibleChanges(store, of)
    .where('intended_at', '>=', from)
    .where('intended_at', '<=', to)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Whether a change that sets the field to this value was intended by `intendedBy` and may have arrived at Meta since `from`: it was
 * settled since then, or it is unconfirmed and was intended since `unconfirmedFrom`.
 */
export async function mayHaveArrived(
  store: Store,
  of: FieldOfEntity,
  value: string,
  { from, unconfirmedFrom, intendedBy }: { readonly from: number; readonly unconfirmedFrom: number; readonly intendedBy: number },
): Promise<boolean> {
  const row = await possibleChanges(store, of)
    .where('target', '=', value)
    .where('intended_at', '<=', intendedBy)
    .where((where) =>
      where.or([
        where('settled_at', '>=', from),
        where.and([where('outcome', '!=', 'confirmed'), where('intended_at', '>=', unconfirmedFrom)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
