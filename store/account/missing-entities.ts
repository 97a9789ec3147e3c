/**
 * Objects that have rows of insights but are missing from the structure: they were deleted or archived before they were ever read.
 */

import { sql } from 'kysely'

import type { Store } from '../base/store.js'
import type { EntityLevel } from './entities.js'

export interface MissingEntity {
  readonly level: EntityLevel
  readonly id: string
  /** Its campaign and ad set according to its rows; null if they name none. */
  readonly campaignId: string | null
  readonly adsetId: string | null
}

/**
 * Returns entities of a level that have rows of whole days but no current reading.
 *
 * @param since the first day whose rows count; the latest rows come first
 */
export async function missingEntities(
  store: Store,
  { account, level, since, limit }: { account: string; level: EntityLevel; since: string; limit: number },
): Promise<MissingEntity[]> {
  const { rows } = await sql<{ id: string; campaignId: string | null; adsetId: string | null }>`
    select entity_id as id, max(campaign_id) as campaignId, max(adset_id) as adsetId
    from insights as rows
    where account = ${account} and level = ${level} and day >= ${since} and hour = -1 and superseded_at is null
      and not exists (
        select 1 from entities
        where account = ${account} and level = ${level} and id = rows.entity_id and superseded_at is null
      )
    group by entity_id
    order by max(day) desc, entity_id
    limit ${limit}`.execute(store.db)
  return rows.map((row) => ({ level, ...row }))
}
