/** What rows of insights are of, and no structure has: objects that were deleted or archived before they were ever read. */

import { sql } from 'kysely'

import type { Store } from '../base/store.js'
import type { EntityLevel } from './entities.js'

export interface MissingEntity {
  readonly level: EntityLevel
  readonly id: string
  /** What it is in, as its rows say; null where they do not. */
  readonly campaignId: string | null
  readonly adsetId: string | null
}

/**
 * Entities of a level that have rows of whole days and no current reading.
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
