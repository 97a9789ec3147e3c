/** All entities that an account ever had, in their last known state. */

import { lastOfEach } from '../base/revisions.js'
import type { Store } from '../base/store.js'
import type { EntityLevel } from './entities.js'

export interface EverSeen {
  readonly level: EntityLevel
  readonly id: string
  readonly name: string
}

export async function entitiesEver(store: Store, account: string): Promise<EverSeen[]> {
  const rows = await store.db
    .selectFrom('entities')
    .select(['level', 'id', 'name'])
    .where('account', '=', account)
    .orderBy('level')
    .orderBy('id')
    .orderBy('learned_at')
    .execute()
  return lastOfEach(rows, ({ level, id }) => `${level} ${id}`)
}

/** Returns each campaign or ad set of the account in its last known state, including deleted ones. */
export async function lastKnownOf(
  store: Store,
  account: string,
  level: 'campaign' | 'adset',
): Promise<{ readonly id: string; readonly name: string; readonly campaign: string }[]> {
  const rows = await store.db
    .selectFrom('entities')
    .select(['id', 'name', 'campaign_id as campaign'])
    .where('account', '=', account)
    .where('level', '=', level)
    .orderBy('learned_at')
    .execute()
  return lastOfEach(rows, ({ id }) => id)
}

/** Returns the ids of current entities with this id or name, in all accounts. */
export async function idsNamed(store: Store, idOrName: string): Promise<string[]> {
  const rows = await store.db
    .selectFrom('entities')
    .select('id')
    .where('superseded_at', 'is', null)
    .where((where) => where.or([where('id', '=', idOrName), where('name', '=', idOrName)]))
    .execute()
  return [...new Set(rows.map(({ id }) => id))]
}
