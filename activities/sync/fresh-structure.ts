/** Reads what is active in the account again if it was not read lately: sums of budgets depend on it, and on nothing older. */

import { MINUTE } from '../../engine/clock/zone.js'
import { lastGoodSync } from '../../store/account/syncs.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { syncStructure } from './sync-structure.js'

/** An account without rules is never read unless somebody asks. Milliseconds. */
const OLDEST = 5 * MINUTE

export async function freshenStructure(dependencies: ActivityDependencies, account: string): Promise<void> {
  const last = await lastGoodSync(dependencies.store, account, 'structure')
  if (last !== undefined && dependencies.now() - last.started_at < OLDEST) return
  await syncStructure(dependencies)({ account })
}
