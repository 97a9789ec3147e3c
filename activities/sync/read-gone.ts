/**
 * Reads by its id what insights have rows of and no list of Meta's has: deleted and archived objects. Their name, goal and
 * parent never change again, so each is read once and kept.
 */

import { heartbeat } from '@temporalio/activity'

import { ConnectorError } from '../../connectors/connector-error.js'
import type { MetaClient } from '../../connectors/meta/client.js'
import { type Entity, type EntityLevel, saveEntity } from '../../store/account/entities.js'
import { missingEntities, type MissingEntity } from '../../store/account/missing-entities.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { entityOf } from './sync-structure.js'

/** Calls of one reading of insights; what is left is read by the next one. */
const MOST = 50

export interface GoneQuestion {
  readonly account: string
  readonly level: EntityLevel
  /** The first day whose rows count. */
  readonly since: string
}

/** @returns how many were read. A failure ends it, and fails nothing: the rows are known, and a later tick asks again. */
export async function readGone(
  { store, now }: ActivityDependencies,
  client: MetaClient,
  { account, level, since }: GoneQuestion,
): Promise<number> {
  let read = 0
  for (const missing of await missingEntities(store, { account, level, since, limit: MOST })) {
    const at = now()
    try {
      await saveEntity(store, account, await readOne(client, missing), at)
    } catch (error) {
      if (error instanceof ConnectorError) return read
      throw error
    }
    read += 1
    heartbeat(read)
  }
  return read
}

async function readOne(client: MetaClient, missing: MissingEntity): Promise<Entity> {
  try {
    return entityOf(await client.readEntity(missing.level, missing.id))
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'not-found') return unreadable(missing)
    throw error
  }
}

/** What Meta says of an object that not even its id finds: nothing. It is kept, so that nobody asks again at each tick. */
const unreadable = ({ level, id, campaignId, adsetId }: MissingEntity): Entity => ({
  level,
  id,
  campaignId: level === 'campaign' ? id : (campaignId ?? ''),
  adsetId: level === 'campaign' ? null : level === 'adset' ? id : adsetId,
  name: id,
  status: 'DELETED',
  effectiveStatus: 'DELETED',
  dailyBudget: null,
  lifetimeBudget: null,
  fields: {},
})
