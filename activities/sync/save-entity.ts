/** Stores a reading of one entity, as made before and after a change. */

import type { MetaClient } from '../../connectors/meta/client.js'
import type { MetaNode } from '../../connectors/meta/node.js'
import { type Entity, type EntityLevel, findEntity, saveEntity } from '../../store/account/entities.js'
import type { Store } from '../../store/base/store.js'
import { inTransaction } from '../../store/base/transaction.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { honourOutsideChanges, outsideChanges } from '../ledger/outside-changes.js'
import { settleByReading } from '../ledger/settle-by-reading.js'
import { entityOf } from './sync-structure.js'

/**
 * Stores the entity as Meta returned it, and notices what somebody else changed since it was last read.
 *
 * @param learnedAt when Meta was asked, epoch milliseconds
 */
export async function keepReading(store: Store, account: string, node: MetaNode, learnedAt: number): Promise<Entity> {
  const entity = entityOf(node)
  await inTransaction(store, async (transaction) => {
    const before = await findEntity(transaction, entity.level, entity.id)
    if (before !== undefined) {
      const changes = await outsideChanges(transaction, account, [before], [entity], learnedAt)
      await honourOutsideChanges(transaction, account, changes, learnedAt)
    }
    await saveEntity(transaction, account, entity, learnedAt)
    await settleByReading(transaction, account, [entity], learnedAt)
  })
  return entity
}

/** Reads an entity from Meta, and keeps it. */
export async function readEntityNow(
  { store, now }: Pick<ActivityDependencies, 'store' | 'now'>,
  client: Pick<MetaClient, 'readEntity'>,
  account: string,
  { level, id }: { readonly level: EntityLevel; readonly id: string },
): Promise<{ readonly entity: Entity; readonly node: MetaNode }> {
  const askedAt = now()
  const node = await client.readEntity(level, id)
  return { entity: await keepReading(store, account, node, askedAt), node }
}
