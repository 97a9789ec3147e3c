/**
 * Applies a change that a person made through the API, the panel or a command. Guardrails apply to rules only; a person is bound
 * by Meta's own limits. The change goes through the ledger like a rule's, and rules leave the entity alone for a while
 * afterwards.
 */

import { ApplicationFailure, setCurrentDetails } from '@temporalio/workflow'

import type { PreparedChange } from '../../activities/change/contract.js'
import { main, preparation } from '../base/activity-options.js'
import type { ApplyChangeInput, ApplyChangeResult } from '../base/contracts.js'
import { summarise } from '../base/failure.js'
import { setVerdict } from '../base/search-attributes.js'
import { applyPrepared } from './apply-prepared.js'

/** @throws ApplicationFailure `ChangeRefused`; its message says why the change was not made */
export async function applyChange({ request }: ApplyChangeInput): Promise<ApplyChangeResult> {
  const prepared = await prepare(request)
  if (prepared.kind !== 'change') return await refuse(prepared.note)
  const applied = await applyPrepared(undefined, request, prepared.summary)
  if (applied.kind !== 'applied') return await refuse(applied.failed)
  setVerdict('carried-out')
  setCurrentDetails(prepared.done)
  return { outcome: applied.outcome, before: applied.before, target: applied.target }
}

/** Prepares the change. If that fails, the reason is stored, where the person who asked for it can read it. */
async function prepare(request: string): Promise<PreparedChange> {
  try {
    return await preparation.prepareChange.executeWithOptions({ summary: 'What was requested' }, [{ mutation: request }])
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
