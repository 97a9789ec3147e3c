/** What a tick does beside its rules, on the data that it brought: nothing waits for it, and its failure fails nothing. */

import { patched } from '@temporalio/workflow'

import { lookingAround } from './activity-options.js'
import { summarise } from './failure.js'

/** Histories that began before there were alerts go on without them. */
const PATCH = 'look-around'

export async function lookAround(account: string): Promise<void> {
  if (!patched(PATCH)) return
  try {
    await lookingAround.findAnomalies.executeWithOptions({ summary: 'What is unusual' }, [{ account }])
    await lookingAround.makeSuggestions.executeWithOptions({ summary: 'What could be done' }, [{ account }])
  } catch (error) {
    summarise(error)
  }
}
