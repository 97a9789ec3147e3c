/** Applies a change that stands in the ledger. What becomes of it is written there in every case. */

import type { AppliedMutation } from '../activities/contracts.js'
import { main, mutations } from './activity-options.js'
import { summarise } from './failure.js'

/** @returns what was done, or in `failed` a sentence about why it was not, or why that is not known */
export async function applyPrepared(
  account: string,
  mutation: string,
  summary: string,
): Promise<AppliedMutation | { readonly failed: string }> {
  try {
    return await mutations.applyMutation.executeWithOptions({ summary }, [{ account, mutation }])
  } catch (error) {
    const failure = summarise(error)
    const { outcome } = await main.settleMutation.executeWithOptions({ summary: `Not done: ${summary}` }, [
      { mutation, error: failure },
    ])
    return {
      failed: outcome === 'unknown' ? `It is not known whether Meta took it (${failure.message})` : failure.message,
    }
  }
}
