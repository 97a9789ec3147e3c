/**
 * Settles changes that people requested and whose workflow no longer exists: it was terminated in Temporal, or lost with
 * Temporal's database. Otherwise they would keep rules from changing the field, and be shown as running forever.
 */

import { unsettledRequests } from '../../store/decisions/requested-changes.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { endRequest } from '../change/end-request.js'
import { LOST_AFTER } from './lost-carry-outs.js'

const NOTE = 'It was ended from outside: its workflow is closed or gone in Temporal.'

/** Settles the requests whose workflow is not running. If Temporal does not answer, it settles nothing. */
export async function settleLostRequests(
  { store, now, workflowIds, isRunning }: ActivityDependencies,
  account: string,
): Promise<void> {
  for (const { id } of await unsettledRequests(store, account, now() - LOST_AFTER)) {
    if (await isRunning(workflowIds.change(id)).catch(() => true)) continue
    await endRequest(store, id, { note: NOTE, at: now() })
  }
}
