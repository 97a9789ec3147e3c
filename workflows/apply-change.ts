/**
 * A person's change through our API or panel. Guardrails are for rules: a person may, within Meta's own limits. The change
 * goes the same way as a rule's, through the ledger, and rules leave the entity alone afterwards.
 */

import { ApplicationFailure, setCurrentDetails } from '@temporalio/workflow'

import { preparation } from './activity-options.js'
import { applyPrepared } from './apply-prepared.js'
import type { ApplyChangeInput, ApplyChangeResult } from './contracts.js'
import { setVerdict } from './search-attributes.js'

/** @throws ApplicationFailure `ChangeRefused` whose message says why it was not done */
export async function applyChange({ request, ...change }: ApplyChangeInput): Promise<ApplyChangeResult> {
  const prepared = await preparation.prepareChange.executeWithOptions({ summary: `${change.field} → ${change.target}` }, [
    { ...change, mutation: request },
  ])
  if (prepared.kind !== 'change') return await refuse(prepared.note)
  const applied = await applyPrepared(change.account, request, prepared.summary)
  if ('failed' in applied) return await refuse(applied.failed)
  setVerdict('carried-out')
  setCurrentDetails(prepared.done)
  return { outcome: applied.outcome, before: applied.before, target: applied.target }
}

function refuse(note: string): Promise<never> {
  setVerdict('refused')
  setCurrentDetails(note)
  return Promise.reject(ApplicationFailure.nonRetryable(note, 'ChangeRefused'))
}
