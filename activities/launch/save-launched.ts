/** Stores what a launch created or changed as an entity of the account, so that rules and guardrails see it before the next sync. */

import type { Account } from '../../engine/account/account.js'
import type { LaunchObjectKind } from '../../engine/launch/launch-object.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { keepReading } from '../sync/save-entity.js'

/** Reads the object from Meta and stores it. Does nothing for media and creatives, which are not entities. */
export async function keepLaunched(
  dependencies: ActivityDependencies,
  account: Account,
  { kind, id }: { readonly kind: LaunchObjectKind; readonly id: string },
): Promise<void> {
  if (kind !== 'campaign' && kind !== 'adset' && kind !== 'ad') return
  const askedAt = dependencies.now()
  const node = await dependencies.meta(account).readEntity(kind as 'adset', id)
  await keepReading(dependencies.store, account.name, node, askedAt)
}
