/** Applies a change that is in the ledger, and records its outcome there in every case. */

import type { AppliedMutation } from '../../activities/change/contract.js'
import { main, mutations } from '../base/activity-options.js'
import { summarise } from '../base/failure.js'
import { startKeeping } from './keep-change.js'

type Applied =
  | ({ readonly kind: 'applied' } & AppliedMutation)
  /**
   * `superseded`: a later change, ours or a person's, replaced it. `stopped`: the rules were stopped before it was sent. Neither is
   * a failure. The field `failed` says why the change was not made, or why that is unknown, as a sentence.
   */
  | { readonly kind: 'failed' | 'superseded' | 'stopped'; readonly failed: string }

/** @param account the change is refused if it belongs to another one; undefined to take the account from the ledger's row */
export async function applyPrepared(account: string | undefined, mutation: string, summary: string): Promise<Applied> {
  try {
    const applied = await mutations.applyMutation.executeWithOptions({ summary }, [
      { mutation, ...(account === undefined ? {} : { account }) },
    ])
    if (applied.mayBeOvertaken === true) await startKeeping(mutation, account)
    return { kind: 'applied', ...applied }
  } catch (error) {
    const failure = summarise(error)
    const settled = await main.settleMutation.executeWithOptions({ summary: `Not done: ${summary}` }, [
      { mutation, error: failure },
    ])
    const { outcome, before = '', target = '' } = settled
    // The try that made the change did not answer, but a later reading found it made.
    if (outcome === 'confirmed' || outcome === 'unchanged') return { kind: 'applied', outcome, before, target }
    if (outcome === 'unknown') return { kind: 'failed', failed: `It is not known whether Meta took it (${failure.message})` }
    const isStopped = outcome === 'refused' && failure.type === 'stopped'
    return { kind: outcome === 'superseded' ? outcome : isStopped ? 'stopped' : 'failed', failed: failure.message }
  }
}
