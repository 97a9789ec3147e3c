/** Applies a change that is in the ledger, and records its outcome there in every case. */

import type { AppliedMutation } from '../../activities/change/contract.js'
import { main, mutations } from '../base/activity-options.js'
import { summarise } from '../base/failure.js'
import { startKeeping } from './keep-change.js'

/** Why a change was not made, or why that is unknown, as a sentence. */
export interface NotApplied {
  readonly failed: string
  /** Whether a later change, ours or a person's, replaced it. That is no failure. */
  readonly superseded: boolean
  /** Whether the rules were stopped before it was sent. That is no failure either. */
  readonly stopped: boolean
}

/** @param account the change is refused if it belongs to another one; undefined to take the account from the ledger's row */
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
    // The try that made the change did not answer, but a later reading found it made.
    if (outcome === 'confirmed' || outcome === 'unchanged') return { outcome, before, target }
    return {
      failed: outcome === 'unknown' ? `It is not known whether Meta took it (${failure.message})` : failure.message,
      superseded: outcome === 'superseded',
      stopped: outcome === 'refused' && failure.type === 'stopped',
    }
  }
}
