/** What a tick does beside its rules, on the data that it brought: nothing waits for it, and its failure fails nothing. */

import { patched } from '@temporalio/workflow'

import type { CallsToMeta } from '../activities/base/contract.js'
import type { FoundAnomalies } from '../activities/insight/contract.js'
import { lookingAround } from './base/activity-options.js'
import { summarise } from './base/failure.js'

/** Histories that began before there were alerts go on without them. */
const PATCH = 'look-around'

/** @returns the tick's calls to Meta, where that is known */
export async function lookAround(account: string): Promise<readonly CallsToMeta[] | undefined> {
  if (!patched(PATCH)) return undefined
  let calls: readonly CallsToMeta[] | undefined
  try {
    const found = await lookingAround.findAnomalies.executeWithOptions({ summary: 'What is unusual' }, [{ account }])
    // Histories from before it answered have none.
    calls = (found as FoundAnomalies | undefined)?.calls
    await lookingAround.makeSuggestions.executeWithOptions({ summary: 'What could be done' }, [{ account }])
  } catch (error) {
    summarise(error)
  }
  return calls
}
