/** After its rules, a tick looks for anomalies and suggestions in the data it read. A failure here does not fail the tick. */

import { patched } from '@temporalio/workflow'

import type { CallsToMeta } from '../activities/base/contract.js'
import type { FoundAnomalies } from '../activities/insight/contract.js'
import { analysis } from './base/activity-options.js'
import { summarise } from './base/failure.js'

/** Histories from before alerts existed replay without them. */
const PATCH = 'look-around'

/** Finds anomalies and makes suggestions. Returns the tick's calls to Meta if they were counted. */
export async function afterTick(account: string): Promise<readonly CallsToMeta[] | undefined> {
  if (!patched(PATCH)) return undefined
  let calls: readonly CallsToMeta[] | undefined
  try {
    const found = await analysis.findAnomalies.executeWithOptions({ summary: 'What is unusual' }, [{ account }])
    // In older histories this activity returned nothing.
    calls = (found as FoundAnomalies | undefined)?.calls
    await analysis.makeSuggestions.executeWithOptions({ summary: 'What could be done' }, [{ account }])
  } catch (error) {
    summarise(error)
  }
  return calls
}
