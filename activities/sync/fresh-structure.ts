/** Reads the account's structure again if it was not read lately, because sums of budgets depend on what is active now. */

import { MINUTE } from '../../engine/clock/zone.js'
import { lastGoodSync } from '../../store/account/syncs.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { syncStructure } from './sync-structure.js'

/** In milliseconds. */
const OLDEST = 5 * MINUTE

export async function freshenStructure(dependencies: ActivityDependencies, account: string): Promise<void> {
  const last = await lastGoodSync(dependencies.store, account, 'structure')
  if (last !== undefined && dependencies.now() - last.started_at < OLDEST) return
  await syncStructure(dependencies)({ account })
}
