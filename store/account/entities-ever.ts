/** All entities that an account ever had, as they were last seen. */

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
  // Of several revisions the last one stays.
  return [...new Map(rows.map((row) => [`${row.level} ${row.id}`, row])).values()]
}
