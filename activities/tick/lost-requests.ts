/**
 * Changes that persons asked for and whose workflow is no longer there: terminated in Temporal, or lost with its database. Left
 * as they are they would hold rules back from their field, and answer "running" for ever.
 */

import { unsettledRequests } from '../../store/decisions/requested-changes.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { endRequest } from '../change/end-request.js'
import { LOST_AFTER } from './lost-carry-outs.js'

const NOTE = 'It was ended from outside: its workflow is closed or gone in Temporal.'

/** Where Temporal does not say, nothing is settled. */
export async function settleLostRequests(
  { store, now, workflowIds, isUnderWay }: ActivityDependencies,
  account: string,
): Promise<void> {
  for (const { id } of await unsettledRequests(store, account, now() - LOST_AFTER)) {
    if (await isUnderWay(workflowIds.change(id)).catch(() => true)) continue
    await endRequest(store, id, { note: NOTE, at: now() })
  }
}
