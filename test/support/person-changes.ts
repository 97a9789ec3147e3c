/** When a person last changed anything of an entity that `hands_off` considers. */

import { personChanges } from '../../activities/ledger/person-changes.js'
import type { Entity } from '../../store/account/entities.js'
import type { Store } from '../../store/base/store.js'

export async function lastPersonChange(
  store: Store,
  account: string,
  entity: { readonly level: Entity['level']; readonly id: string },
  since: number,
): Promise<number | null> {
  const moments = Object.values(await personChanges(store, { account, entity, since })).filter((at) => at !== null)
  return moments.length === 0 ? null : Math.max(...moments)
}
