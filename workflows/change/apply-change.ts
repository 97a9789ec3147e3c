/**
 * A person's change through our API, panel or command. Guardrails are for rules: a person may, within Meta's own limits. The
 * change goes the same way as a rule's, through the ledger, and rules leave the entity alone afterwards.
 */

import { ApplicationFailure, setCurrentDetails } from '@temporalio/workflow'

import type { PreparedChange } from '../../activities/change/contract.js'
import { main, preparation } from '../base/activity-options.js'
import type { ApplyChangeInput, ApplyChangeResult } from '../base/contracts.js'
import { summarise } from '../base/failure.js'
import { setVerdict } from '../base/search-attributes.js'
import { applyPrepared } from './apply-prepared.js'

/** @throws ApplicationFailure `ChangeRefused` whose message says why it was not done */
export async function applyChange({ request }: ApplyChangeInput): Promise<ApplyChangeResult> {
  const prepared = await prepare(request)
  if (prepared.kind !== 'change') return await refuse(prepared.note)
  const applied = await applyPrepared(undefined, request, prepared.summary)
  if ('failed' in applied) return await refuse(applied.failed)
  setVerdict('carried-out')
  setCurrentDetails(prepared.done)
  return { outcome: applied.outcome, before: applied.before, target: applied.target }
}

/** Whoever asked for it reads in the store why it was not begun. */
async function prepare(request: string): Promise<PreparedChange> {
  try {
    return await preparation.prepareChange.executeWithOptions({ summary: 'What is asked for' }, [{ mutation: request }])
  } catch (error) {
    const { message: note } = summarise(error)
    await main.refuseChange.executeWithOptions({ summary: `Not begun: ${note}`.slice(0, 200) }, [{ request, note }])
    return await refuse(note)
  }
}

function refuse(note: string): Promise<never> {
  setVerdict('refused')
  setCurrentDetails(note)
  return Promise.reject(ApplicationFailure.nonRetryable(note, 'ChangeRefused'))
}
