/**
 * Reads by id the objects that insights have rows of but that Meta does not list: deleted and archived ones. Their name, goal and
 * parent never change again, so each is read once and stored.
 */

import { heartbeat } from '@temporalio/activity'

import { ConnectorError } from '../../connectors/connector-error.js'
import type { MetaClient } from '../../connectors/meta/client.js'
import { type Entity, type EntityLevel, saveEntity } from '../../store/account/entities.js'
import { missingEntities, type MissingEntity } from '../../store/account/missing-entities.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { entityOf } from './sync-structure.js'

/** The most calls per reading of insights; the next reading continues. */
const MOST = 50

export interface GoneQuestion {
  readonly account: string
  readonly level: EntityLevel
  /** The first day whose rows count. */
  readonly since: string
}

/** Returns how many were read. An error of Meta only ends it early: the rows are stored already, and a later tick continues. */
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

/**
 * Returns an entity for an object that Meta does not find even by its id. It is stored so that it is not requested again at each
 * tick.
 */
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
