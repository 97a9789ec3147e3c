/** Earlier states of campaigns, ad sets and ads, with the time when each was learned. */

import type { Store } from '../base/store.js'
import type { Row } from '../tables/tables.js'
import type { EntityLevel } from './entities.js'

type EntityRow = Row<'entities'>

/** Returns the daily budgets of all campaigns and ad sets that were learned until `knownAt`, ordered by id, oldest first. */
export const dailyBudgetRevisions = (
  { db }: Store,
  account: string,
  knownAt: number,
): Promise<Pick<EntityRow, 'id' | 'daily_budget' | 'learned_at'>[]> =>
  db
    .selectFrom('entities')
    .select(['id', 'daily_budget', 'learned_at'])
    .where('account', '=', account)
    .where('level', 'in', ['campaign', 'adset'])
    .where('learned_at', '<=', knownAt)
    .orderBy('id')
    .orderBy('learned_at')
    .execute()

/** Returns the states of campaigns and ad sets between two times (epoch milliseconds), ordered by id, oldest first. */
export const statesBetween = (
  { db }: Store,
  account: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Pick<EntityRow, 'id' | 'status' | 'daily_budget' | 'lifetime_budget'>[]> =>
  db
    .selectFrom('entities')
    .select(['id', 'status', 'daily_budget', 'lifetime_budget'])
    .where('account', '=', account)
    .where('level', 'in', ['campaign', 'adset'])
    .where('learned_at', '<=', to)
    .where((row) => row.or([row('superseded_at', 'is', null), row('superseded_at', '>', from)]))
    .orderBy('id')
    .orderBy('learned_at')
    .execute()

/** Returns the states of one entity since a time (epoch milliseconds), oldest first. */
export const revisionsSince = (
  { db }: Store,
  account: string,
  { level, id, since }: { readonly level: EntityLevel; readonly id: string; readonly since: number },
): Promise<EntityRow[]> =>
  db
    .selectFrom('entities')
    .selectAll()
    .where('account', '=', account)
    .where('level', '=', level)
    .where('id', '=', id)
    .where((where) => where.or([where('superseded_at', 'is', null), where('superseded_at', '>=', since)]))
    .orderBy('learned_at')
    .execute()
