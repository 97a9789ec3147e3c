/** Applies a change that is in the ledger. What becomes of it is written there in every case. */

import type { AppliedMutation } from '../../activities/change/contract.js'
import { main, mutations } from '../base/activity-options.js'
import { summarise } from '../base/failure.js'
import { startKeeping } from './keep-change.js'

/** A sentence about why a change was not made, or why that is not known. */
export interface NotApplied {
  readonly failed: string
  /** Whether a later change, ours or a person's, took its place: nothing went wrong. */
  readonly superseded: boolean
  /** Whether the rules were stopped before it was sent: nothing went wrong either. */
  readonly stopped: boolean
}

/** @param account refused where the change is of another one; undefined where its row in the ledger alone says it */
export async function applyPrepared(
  account: string | undefined,
  mutation: string,
  summary: string,
): Promise<AppliedMutation | NotApplied> {
  try {
    const applied = await mutations.applyMutation.executeWithOptions({ summary }, [
      { mutation, ...(account === undefined ? {} : { account }) },
    ])
    if (applied.mayBeOvertaken === true) await startKeeping(mutation, account)
    return applied
  } catch (error) {
    const failure = summarise(error)
    const settled = await main.settleMutation.executeWithOptions({ summary: `Not done: ${summary}` }, [
      { mutation, error: failure },
    ])
    const { outcome, before = '', target = '' } = settled
    // A reading found it out while nothing was heard of the try that made it.
    if (outcome === 'confirmed' || outcome === 'unchanged') return { outcome, before, target }
    return {
      failed: outcome === 'unknown' ? `It is not known whether Meta took it (${failure.message})` : failure.message,
      superseded: outcome === 'superseded',
      stopped: outcome === 'refused' && failure.type === 'stopped',
    }
  }
}
